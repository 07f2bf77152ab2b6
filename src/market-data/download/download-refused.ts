/** Candles cannot be brought into this file; the message is one line that says what to do. */
export class DownloadRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DownloadRefused';
  }
}
