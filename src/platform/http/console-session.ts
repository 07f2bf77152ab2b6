/** What the console hands over after each request. */
interface ConsoleResponse {
  readonly ok: boolean;
  readonly url: string;
  readonly text?: string;
}

interface Console {
  readonly authActions: {
    authorizeWithPersistOption(authorisations: Readonly<Record<string, unknown>>): void;
    logoutWithPersistOption(names: readonly string[]): void;
  };
}

/**
 * Runs in the browser, as text inside the console's own script: it may use nothing from outside of itself. After a
 * sign-in or refresh that was made in the console, the new access token is what Authorize holds; after a sign-out
 * it is empty. @returns the response as it came.
 */
export function keepConsoleSession(response: ConsoleResponse): ConsoleResponse {
  const ui = (globalThis as { ui?: Console }).ui;
  if (!ui || !response.ok) return response;
  if (/\/auth\/(login|refresh)$/.test(response.url)) {
    const { access_token: value } = JSON.parse(response.text ?? '{}') as { access_token?: string };
    const schema = { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' };
    if (value) ui.authActions.authorizeWithPersistOption({ bearer: { name: 'bearer', schema, value } });
  }
  if (response.url.endsWith('/auth/logout')) ui.authActions.logoutWithPersistOption(['bearer']);
  return response;
}
