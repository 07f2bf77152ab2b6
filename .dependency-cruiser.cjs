/**
 * The picture of the modules as rules: a module may use only what stands below it. A wrong arrow fails the build.
 */
const LAYERS = [
  ['domain'],
  ['platform'],
  ['auth', 'retention', 'invariants'],
  ['registry'],
  ['market-data'],
  ['business-agents', 'decision-agents', 'trading'],
  ['definitions'],
  ['instances'],
  ['scheduler', 'stream'],
  ['admin'],
];

const paths = (layers) => layers.flat().map((module) => `^src/${module}/`);

const downwards = LAYERS.flatMap((layer, index) =>
  layer.map((module) => ({
    name: `${module}-uses-only-what-stands-below`,
    severity: 'error',
    comment: `src/${module} may use itself and what stands below it in docs/architecture.md.`,
    from: { path: `^src/${module}/` },
    to: { path: '^(src|seeds|migrations)/', pathNot: [`^src/${module}/`, ...paths(LAYERS.slice(0, index))] },
  })),
);

module.exports = {
  forbidden: [
    ...downwards,
    {
      name: 'domain-is-plain',
      severity: 'error',
      comment: 'Rules about money are plain TypeScript: decimal.js and zod, nothing else.',
      from: { path: '^src/domain/', pathNot: '\\.spec\\.ts$' },
      to: { path: 'node_modules', pathNot: 'node_modules/(decimal\\.js|zod)/' },
    },
    {
      name: 'domain-has-no-io',
      severity: 'error',
      from: { path: '^src/domain/', pathNot: '\\.spec\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'money-is-the-only-decimal',
      severity: 'error',
      comment: 'restoreMoney() puts decimal.js right after a cut-off; it knows of Money alone.',
      from: { path: '^(src|seeds|migrations|tools)/', pathNot: '^src/domain/money/' },
      to: { path: 'node_modules/decimal\\.js/' },
    },
    {
      name: 'only-commands-use-the-tools',
      severity: 'error',
      comment: 'tools/ measures and studies the program from outside; the program runs without it.',
      from: { path: '^(src|seeds|migrations)/', pathNot: '^src/cli/' },
      to: { path: '^tools/' },
    },
    {
      name: 'migrations-are-frozen',
      severity: 'error',
      comment: 'A migration does the same for ever: what it needs of the program it holds as a copy.',
      from: { path: '^migrations/' },
      to: { path: '^(src|seeds|tools|test)/' },
    },
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-test-code-in-the-program',
      severity: 'error',
      from: { path: '^(src|seeds|migrations|tools)/', pathNot: '\\.spec\\.ts$' },
      to: { path: '(^test/|\\.spec\\.ts$)' },
    },
    {
      name: 'no-dev-dependencies-in-the-program',
      severity: 'error',
      from: { path: '^(src|seeds|migrations|tools)/', pathNot: '\\.spec\\.ts$' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
