/**
 * `conclave sbom`: what is shipped, as a CycloneDX document on the standard output.
 *
 * `npm sbom --omit dev` leaves out every package that a development tool needs too (zod and qs, for example), so this
 * takes the whole list and removes what the lockfile marks as needed for development only.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const whole = execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx'], {
  encoding: 'utf8',
  maxBuffer: 256 * 1024 * 1024,
  stdio: ['ignore', 'pipe', 'inherit'],
});
const bom = JSON.parse(whole);
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));

/** `name@version`; the same may stand in several places, once for development and once for the program. */
const shipped = new Set(
  Object.entries(packages)
    .filter(([path, { dev }]) => path !== '' && dev !== true)
    .map(([path, { version }]) => `${path.slice(path.lastIndexOf('node_modules/') + 13)}@${version}`),
);
// By the reference, which has a package's own name: npm lists one that is there twice under either name, so also under
// the alias that a development tool has given it, and as needed for development only.
const components = bom.components.filter((component) => shipped.has(component['bom-ref']));
for (const component of components) {
  component.name = component['bom-ref'].slice(0, component['bom-ref'].lastIndexOf('@'));
  component.properties = component.properties?.filter(({ name }) => name !== 'cdx:npm:package:development');
}
const refs = new Set([bom.metadata.component['bom-ref'], ...components.map((component) => component['bom-ref'])]);
const dependencies = bom.dependencies
  .filter(({ ref }) => refs.has(ref))
  .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((other) => refs.has(other)) }));

process.stdout.write(`${JSON.stringify({ ...bom, components, dependencies }, null, 2)}\n`);
