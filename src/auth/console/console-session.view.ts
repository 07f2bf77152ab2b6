import { PickType } from '@nestjs/swagger';
import { TokensView } from '../tokens/tokens.view.js';

/** What a sign-in of the console answers: the refresh token is in a cookie, where no script reads it. */
export class ConsoleSessionView extends PickType(TokensView, ['access_token', 'token_type', 'expires_in'] as const) {}

export function toConsoleSessionView({ access_token, token_type, expires_in }: TokensView): ConsoleSessionView {
  return { access_token, token_type, expires_in };
}
