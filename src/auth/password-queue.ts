import { Unavailable } from '../platform/http/problems/app-errors.js';

/**
 * Who waits for password work, in three lanes that are served in turn, so that none can starve another. known: somebody
 * signed in, or on a device that signed in before.
 */
const LANES = ['known', 'sign_in', 'registration'] as const;

/** For whom a password is hashed or checked. */
export interface PasswordCaller {
  readonly lane: (typeof LANES)[number];
  /** Address, account or user: callers of one lane are served in turn, however much one of them asks for. */
  readonly key: string;
}

/** Of a lane. A wait of some seconds; further callers are asked to come back. */
const MOST_WAITING = 100;
/** Of a caller. */
const MOST_WAITING_OF_CALLER = 10;

interface Task {
  readonly run: () => Promise<void>;
  readonly refuse: (error: unknown) => void;
}

/**
 * Runs work at most `atOnce` at a time. Lanes take turns, and so do the callers in a lane: a burst of one of them delays
 * the others by one piece of work each. When a lane is full, the newest piece of the caller with the most gives way to a
 * caller with fewer. (p-limit and its like have one line for all.)
 */
export class PasswordQueue {
  private readonly lanes = new Map(LANES.map((lane) => [lane, new Map<string, Task[]>()]));
  private running = 0;

  constructor(private readonly atOnce: number) {}

  /** @throws Unavailable (503 `busy`) when too many wait already. */
  run<T>({ lane, key }: PasswordCaller, work: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.admit(this.lanes.get(lane)!, key, {
        run: async () => {
          try {
            resolve(await work());
          } catch (error) {
            reject(error);
          }
        },
        refuse: reject,
      });
      this.startNext();
    });
  }

  private admit(lane: Map<string, Task[]>, key: string, task: Task): void {
    const own = lane.get(key) ?? [];
    if (own.length >= MOST_WAITING_OF_CALLER) return task.refuse(busy());
    const waiting = [...lane.values()].reduce((sum, tasks) => sum + tasks.length, 0);
    if (waiting >= MOST_WAITING && !makeRoom(lane, own.length)) return task.refuse(busy());
    own.push(task);
    lane.set(key, own);
  }

  private startNext(): void {
    if (this.running >= this.atOnce) return;
    const task = this.takeNext();
    if (!task) return;
    this.running += 1;
    void task.run().finally(() => {
      this.running -= 1;
      this.startNext();
    });
  }

  /** A served caller goes to the end of both lines: a Map iterates in the order of insertion. */
  private takeNext(): Task | null {
    for (const [name, lane] of this.lanes) {
      const [first] = lane;
      if (!first) continue;
      const [key, tasks] = first;
      const task = tasks.shift()!;
      lane.delete(key);
      if (tasks.length > 0) lane.set(key, tasks);
      this.lanes.delete(name);
      this.lanes.set(name, lane);
      return task;
    }
    return null;
  }
}

/** Refuses the newest task of the caller with the most. @returns false when nobody has two more than `fewer`. */
function makeRoom(lane: ReadonlyMap<string, Task[]>, fewer: number): boolean {
  const most = [...lane.values()].reduce((a, b) => (b.length > a.length ? b : a), []);
  if (most.length < fewer + 2) return false;
  most.pop()!.refuse(busy());
  return true;
}

function busy(): Unavailable {
  return new Unavailable('busy', 'Too many sign-ins at once. Try again in a moment.');
}
