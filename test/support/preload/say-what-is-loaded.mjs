/** At the end, says on the error output whether the database library was loaded, which takes longer than all before it. */
import { createRequire } from 'node:module';

const { cache } = createRequire(import.meta.url);
process.on('exit', () => {
  const isLoaded = Object.keys(cache).some((path) => path.includes('/node_modules/typeorm/'));
  process.stderr.write(isLoaded ? 'loaded' : 'not loaded');
});
