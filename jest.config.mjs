import { findChromiumProgram, findRedisProgram } from './scripts/test-programs.mjs';

/** Tests run on the TypeScript sources (swc strips the types); the database server they share is started in globalSetup. */
export default {
  testEnvironment: 'node',
  moduleFileExtensions: ['ts', 'js', 'mjs', 'json'],
  testRunner: '<rootDir>/test/support/jest/native-runner.mjs',
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.data/'],
  // A test that cannot be run is left out, and the set-up says so: skipped tests count as failed.
  testPathIgnorePatterns: [
    '/node_modules/',
    ...(findRedisProgram() ? [] : ['<rootDir>/test/redis/']),
    ...(findChromiumProgram() ? [] : ['<rootDir>/test/console/browser/']),
  ],
  // Set by scripts/test.mjs; without it jest finds all of them.
  testMatch: process.env.TEST_FILES?.split('\n').map((file) => `<rootDir>/${file}`) ?? [
    '<rootDir>/{src,test,web/src}/**/*.spec.ts',
  ],
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
  reporters: ['default', '<rootDir>/test/support/jest/summary-reporter.mjs'],
  testSequencer: '<rootDir>/test/support/test-sequencer.mjs',
  // Ends a hanging test. A start of the program takes 3 s on a quiet machine and 30 s on a busy one.
  testTimeout: 120_000,
  // Of two workers on two cores a fifth of the time is waiting: for processes, pages and timers.
  maxWorkers: 2,
  workerIdleMemoryLimit: '1000MB',
};
