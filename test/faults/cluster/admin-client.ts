const API = '/api/v1';
/** Before the program's access tokens run out, after 15 minutes. */
const SIGN_IN_EVERY_MS = 10 * 60_000;

interface Answer<T> {
  readonly status: number;
  readonly body: T;
}

/** The administrator, at whichever process answers. */
export class AdminClient {
  private session: Promise<string> | null = null;
  private signedInAt = 0;

  constructor(
    private readonly urls: () => readonly string[],
    private readonly account: { readonly email: string; readonly password: string },
  ) {}

  /** @throws Error when the answer is not 2xx. */
  async call<T>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
    const answer = await this.send<T>(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer;
  }

  /** The answer of any process, whatever its status; signs in when there is no session, or it has run out. */
  async send<T>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
    const answer = await this.request<T>(this.anybody(), method, path, await this.bearer(), body);
    if (answer.status !== 401) return answer;
    this.session = null;
    return this.request<T>(this.anybody(), method, path, await this.bearer(), body);
  }

  /** The answer of this process to the present session, wherever that was opened. */
  async sendTo<T>(url: string, method: string, path: string): Promise<Answer<T>> {
    return this.request<T>(url, method, path, await this.bearer());
  }

  /** The access token of the session; callers that ask while it is being opened share it. */
  async bearer(): Promise<string> {
    if (this.session === null || performance.now() - this.signedInAt > SIGN_IN_EVERY_MS) {
      this.signedInAt = performance.now();
      this.session = this.signIn();
    }
    try {
      return await this.session;
    } catch (error) {
      this.session = null;
      throw error;
    }
  }

  private async signIn(): Promise<string> {
    const path = '/auth/login';
    const url = this.anybody();
    const { status, body } = await this.request<{ access_token: string }>(url, 'POST', path, null, this.account);
    if (status !== 200) throw new Error(`login: ${status} ${JSON.stringify(body)}`);
    return body.access_token;
  }

  private anybody(): string {
    const [url] = this.urls();
    if (url === undefined) throw new Error('No process is running.');
    return url;
  }

  private async request<T>(
    url: string,
    method: string,
    path: string,
    token: string | null,
    body?: unknown,
  ): Promise<Answer<T>> {
    const answer = await fetch(`${url}${API}${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: (text === '' ? null : JSON.parse(text)) as T };
  }
}
