import type { WireRequest } from '../support/http-client.js';

/** A line for a shell that sends this request to a server on the default port. */
export function curlLine({ method, path, headers, body }: WireRequest, actor: string): string {
  const shown = Object.entries(headers).map(([name, value]) =>
    name === 'Authorization' ? `-H "Authorization: Bearer $TOKEN"` : `-H ${quoted(`${name}: ${value}`)}`,
  );
  const data = body === undefined ? [] : [`--data-binary ${quoted(body)}`];
  const parts = ['curl -i -g --path-as-is', `-X ${method.toUpperCase()}`, ...shown, ...data];
  return `${parts.join(' ')} ${quoted(`http://127.0.0.1:3000${path}`)}  # as ${actor}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
