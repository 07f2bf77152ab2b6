import { request } from 'node:http';

/** What a reader asks for; nothing that depends on the moment. */
const PATHS = ['/api/v1/strategies?limit=20', '/api/v1/auth/me', '/api/v1/strategy-definitions'];
const ANSWER_WITHIN_MS = 15_000;

/**
 * Requests at a steady rate to whichever process takes connections, each on one of its own, as a load balancer sends
 * them: a process that refuses the connection is passed over, anything else that is no answer is a failed request.
 */
export function steadyRequests(
  urls: () => readonly string[],
  token: () => Promise<string>,
  perSecond: number,
): SteadyRequests {
  const pending = new Set<Promise<void>>();
  const answers: Record<string, number> = {};
  let sent = 0;
  async function sendOne(path: string, turn: number): Promise<void> {
    const answer = await token()
      .then((bearer) => send([...urls()], path, bearer, turn))
      .catch((error: Error) => error.message);
    answers[answer] = (answers[answer] ?? 0) + 1;
  }
  const timer = setInterval(() => {
    const work = sendOne(PATHS[sent % PATHS.length]!, sent++).finally(() => pending.delete(work));
    pending.add(work);
  }, 1000 / perSecond);
  return {
    async stop() {
      clearInterval(timer);
      await Promise.all(pending);
      return { sent, answers };
    },
  };
}

interface SteadyRequests {
  /** Waits for the answers that are still to come. @returns how often there was which status, or which failure. */
  stop(): Promise<{ readonly sent: number; readonly answers: Readonly<Record<string, number>> }>;
}

async function send(urls: string[], path: string, token: string, turn: number): Promise<number> {
  for (let attempt = 0; attempt < urls.length; attempt++) {
    try {
      return await sendTo(`${urls[(turn + attempt) % urls.length]!}${path}`, token);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ECONNREFUSED') throw error;
    }
  }
  throw new Error('no process takes connections');
}

function sendTo(url: string, token: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent: false, headers: { authorization: `Bearer ${token}` } }, (answer) => {
      answer.on('error', reject);
      answer.on('end', () => resolve(answer.statusCode ?? 0));
      answer.resume();
    });
    sent.setTimeout(ANSWER_WITHIN_MS, () => sent.destroy(new Error(`no answer within ${ANSWER_WITHIN_MS / 1000} s`)));
    sent.on('error', reject);
    sent.end();
  });
}
