/** A response, as Swagger UI passes it to its interceptor. */
interface ConsoleResponse {
  readonly ok: boolean;
  readonly url: string;
  readonly text?: string;
}

/** A request that Swagger UI is about to send. */
interface ConsoleRequest {
  readonly headers?: Record<string, string>;
}

interface Console {
  readonly authActions: {
    authorizeWithPersistOption(authorisations: Readonly<Record<string, unknown>>): void;
    logoutWithPersistOption(names: readonly string[]): void;
  };
}

/** State of the page, which ends with it: a refresh token is stored nowhere. */
interface Page {
  readonly ui?: Console;
  conclaveSession?: { readonly accessToken: string; readonly refreshToken: string } | null;
  conclaveRenewal?: Promise<void> | null;
}

/**
 * Runs in the browser, as text inside the script of Swagger UI, so it may use nothing from outside of itself. After a
 * sign-in or refresh in Swagger UI, sets the new access token in Authorize, where {@link renewConsoleSession} renews
 * it. Clears Authorize after a sign-out.
 * @returns the response unchanged.
 */
export function trackConsoleSession(response: ConsoleResponse): ConsoleResponse {
  const page = globalThis as Page;
  if (!page.ui || !response.ok) return response;
  const isSession = response.url.endsWith('/auth/session');
  if (isSession || /\/auth\/(login|refresh|session\/refresh)$/.test(response.url)) {
    const tokens = JSON.parse(response.text || '{}') as { access_token?: string; refresh_token?: string };
    const { access_token: value, refresh_token: refreshToken } = tokens;
    const schema = { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' };
    if (value) page.ui.authActions.authorizeWithPersistOption({ bearer: { name: 'bearer', schema, value } });
    if (value && refreshToken) page.conclaveSession = { accessToken: value, refreshToken };
    // The answer to closing a session has no body.
    else if (isSession && !value) page.ui.authActions.logoutWithPersistOption(['bearer']);
  }
  if (response.url.endsWith('/auth/logout')) {
    page.conclaveSession = null;
    page.ui.authActions.logoutWithPersistOption(['bearer']);
  }
  return response;
}

/**
 * Runs in the browser like {@link trackConsoleSession}. Renews the access token of a sign-in in this page when less
 * than a minute of it is left, so that an administrator signs in once. Requests at the same time share one renewal,
 * because a refresh token is valid once. If the renewal is refused, the request is sent unchanged, and its 401 is
 * shown.
 * @returns the request to send.
 */
export async function renewConsoleSession(request: ConsoleRequest): Promise<ConsoleRequest> {
  const page = globalThis as Page;
  const session = page.conclaveSession;
  const sent = request.headers?.['Authorization'];
  // A token that the user typed in is not ours to renew.
  if (!session || sent !== `Bearer ${session.accessToken}`) return request;
  const payload = session.accessToken.split('.')[1]!.replaceAll('-', '+').replaceAll('_', '/');
  const { exp } = JSON.parse(atob(payload)) as { exp: number };
  if (exp * 1000 - Date.now() > 60_000) return request;
  const renew = async (): Promise<void> => {
    const answer = await fetch('/api/v1/auth/refresh', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ refresh_token: session.refreshToken }),
    });
    page.conclaveSession = null;
    if (!answer.ok) return;
    const tokens = (await answer.json()) as { access_token: string; refresh_token: string };
    const { access_token: value, refresh_token: refreshToken } = tokens;
    page.conclaveSession = { accessToken: value, refreshToken };
    const schema = { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' };
    page.ui?.authActions.authorizeWithPersistOption({ bearer: { name: 'bearer', schema, value } });
  };
  page.conclaveRenewal ??= renew();
  try {
    await page.conclaveRenewal;
  } finally {
    page.conclaveRenewal = null;
  }
  if (!page.conclaveSession) return request;
  return { ...request, headers: { ...request.headers, Authorization: `Bearer ${page.conclaveSession.accessToken}` } };
}
