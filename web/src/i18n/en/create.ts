export const create = {
  create: {
    noTemplates: 'There is no template to create a strategy from.',
    every: 'every {{minutes}} min',
    settings: 'Settings',
    submit: 'Create and start',
    done: 'Strategy created. It decides with the next run of its template.',
  },
  params: {
    presets: 'Presets',
    differs: 'Default: {{value}}',
    differences: 'Changes',
    ignored:
      'No longer used by the decision agent: {{names}}. These values are ignored and will be removed with the next change.',
    same: 'No changes',
    first: 'Initial values',
  },
  paramGroup: {
    weights: 'Agent weights',
    thresholds: 'Buy and sell thresholds',
    size: 'Position size',
    entry: 'Entry',
    stops: 'Stop loss and take profit',
    caution: 'Fearful markets',
    other: 'More',
  },
  preset: { default: 'Default', careful: 'Conservative', bold: 'Aggressive', own: 'Custom' },
  whatIf: {
    title: 'What-if: result in the current market',
    noRun: 'There is no market analysis of this template yet. It comes with the next successful run.',
    marketOf: 'Market as of',
    entry: 'Would open',
  },
};
