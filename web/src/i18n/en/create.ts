export const create = {
  create: {
    noTemplates: 'There is no template to run.',
    every: 'every {{minutes}} min',
    settings: 'Settings',
    submit: 'Create and start',
    done: 'Created. It is running.',
  },
  params: {
    presets: 'Presets',
    differs: 'Default: {{value}}',
    differences: 'Changes',
    ignored:
      'Stored, but not a param of the decision agent any more: {{names}}. It is ignored, and goes with the next change.',
    same: 'No changes',
    first: 'As created',
  },
  paramGroup: {
    weights: 'Weights of the agents',
    thresholds: 'When it buys and sells',
    size: 'How much',
    entry: 'When it enters',
    stops: 'Stop and target',
    caution: 'Caution in fearful markets',
    other: 'More',
  },
  preset: { default: 'Default', careful: 'Careful', bold: 'Bold', own: 'Own' },
  whatIf: {
    title: 'What if: now, with these settings',
    noRun: 'This template has had no run yet, so nothing is known of its market. It has one within its period.',
    marketOf: 'Market of',
    entry: 'It would open',
  },
};
