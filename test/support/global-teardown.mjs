/** After all tests, also when some failed: stops the server and removes its data. */
export default async function globalTeardown() {
  await globalThis.conclaveTestServer?.remove();
}
