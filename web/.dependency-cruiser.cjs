/** The console is a client like any other: it knows the server by openapi.json alone. */
module.exports = {
  forbidden: [
    {
      name: 'speaks-the-public-interface-only',
      severity: 'error',
      comment: 'What the server is made of must not reach the browser.',
      from: { path: '^web/src/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^(src|seeds|migrations|test)/' },
    },
    {
      name: 'formatting-knows-nothing',
      severity: 'error',
      comment: 'Figures and times are pure functions.',
      from: { path: '^web/src/format/', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: '^web/src/format/' },
    },
    {
      name: 'pages-are-used-by-routes-alone',
      severity: 'error',
      from: { path: '^web/src/', pathNot: '^web/src/(pages/|routes\\.tsx)' },
      to: { path: '^web/src/pages/' },
    },
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'browser', 'default', 'types'] },
  },
};
