import { findChromiumProgram, findRedisProgram } from './scripts/test-programs.mjs';

/** Tests run on the TypeScript sources (swc strips the types); the database server they share is started in globalSetup. */
export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  moduleFileExtensions: ['ts', 'js', 'mjs', 'json'],
  transform: { '^.+\\.ts$': ['@swc/jest'] },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.data/'],
  // A test that cannot be run is left out, and the set-up says so: skipped tests count as failed.
  testPathIgnorePatterns: [
    '/node_modules/',
    ...(findRedisProgram() ? [] : ['<rootDir>/test/redis/']),
    ...(findChromiumProgram() ? [] : ['<rootDir>/test/console/browser/']),
  ],
  testMatch: ['<rootDir>/src/**/*.spec.ts', '<rootDir>/test/**/*.spec.ts', '<rootDir>/web/src/**/*.spec.ts'],
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
  testSequencer: '<rootDir>/test/support/test-sequencer.mjs',
  // Ends a test that hangs, and is no rule: where a start of the program takes 3 s, it takes 30 on a machine that does other things too.
  testTimeout: 120_000,
  maxWorkers: 2,
};
