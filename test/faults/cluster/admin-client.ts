const API = '/api/v1';

interface Answer<T> {
  readonly status: number;
  readonly body: T;
}

/** The administrator, at whichever process answers. */
export class AdminClient {
  private token: string | null = null;

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

  /** The answer, whatever its status; signs in when there is no session, or it has run out. */
  async send<T>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
    this.token ??= await this.signIn();
    const answer = await this.request<T>(method, path, body);
    if (answer.status !== 401) return answer;
    this.token = await this.signIn();
    return this.request<T>(method, path, body);
  }

  private async signIn(): Promise<string> {
    const { status, body } = await this.request<{ access_token: string }>('POST', '/auth/login', this.account);
    if (status !== 200) throw new Error(`login: ${status} ${JSON.stringify(body)}`);
    return body.access_token;
  }

  private async request<T>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
    const [url] = this.urls();
    if (url === undefined) throw new Error('No process is running.');
    const answer = await fetch(`${url}${API}${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...(this.token ? { authorization: `Bearer ${this.token}` } : {}) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: (text === '' ? null : JSON.parse(text)) as T };
  }
}
