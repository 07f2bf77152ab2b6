/** What a spec file gets for `@jest/globals`: the functions of the circus that native-runner.mjs has made for it. */
export const { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } =
  globalThis.conclaveJestGlobals;
