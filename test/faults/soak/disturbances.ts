import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from '../cluster/cluster.js';
import type { PostgresServer } from '../cluster/postgres-server.js';
import type { Proxy } from '../cluster/proxy.js';
import type { Replica } from '../cluster/replica.js';
import { untilFinished } from '../cluster/runs.js';
import { BUSINESS_AGENTS, DECISION_AGENTS, withBadAgent } from '../bad-agents.js';

/** How many processes there are, apart from those that are being replaced. */
export const REPLICAS = 3;

/** What is disturbed: processes that reach their database through a proxy. */
export interface Scene {
  readonly cluster: Cluster<PostgresServer>;
  readonly proxy: Proxy;
  readonly random: () => number;
  /** Ids of instances that people change. */
  readonly instances: readonly string[];
  /** Processes that something is done to at this moment. */
  readonly victims: Set<Replica>;
}

/** Something that breaks, and is mended again before it resolves. */
export type Disturbance = (scene: Scene) => Promise<void>;

/** Each by its name; two of them may happen at the same time. */
export const DISTURBANCES: Readonly<Record<string, Disturbance>> = {
  async kill(scene) {
    await withVictim(scene, async (victim) => {
      await victim.kill();
      await startOne(scene);
    });
  },
  async kill_all(scene) {
    const { running } = scene.cluster;
    await Promise.all(running.map((replica) => replica.kill()));
    await Promise.all(running.map(() => startOne(scene)));
  },
  async terminate(scene) {
    await withVictim(scene, async (victim) => {
      await victim.terminate();
      await startOne(scene);
    });
  },
  async freeze(scene) {
    await withVictim(scene, async (victim) => {
      victim.freeze();
      await sleep(scene.random() * 40_000);
      victim.thaw();
    });
  },
  async crash_database({ cluster, random }) {
    await cluster.server.stop('immediate');
    await sleep(random() * 10_000);
    await cluster.server.startAgain();
  },
  async restart_database({ cluster, random }) {
    await cluster.server.stop('fast');
    await sleep(random() * 10_000);
    await cluster.server.startAgain();
  },
  async end_sessions({ cluster }) {
    await cluster.sql(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE usename <> current_user AND backend_type = 'client backend'`,
    );
  },
  async cut_connections({ proxy }) {
    proxy.cut();
  },
  async refuse_connections({ proxy, random }) {
    proxy.refuse();
    await sleep(random() * 20_000);
    proxy.open();
  },
  async forget_connections({ proxy }) {
    proxy.forgetPresent();
  },
  async swallow_everything({ proxy, random }) {
    proxy.silence();
    await sleep(random() * 20_000);
    proxy.open();
  },
  async bad_agents(scene) {
    const { cluster, proxy, random } = scene;
    const pick = (ways: object): string => Object.keys(ways)[Math.floor(random() * Object.keys(ways).length)]!;
    const way = random() < 0.5 ? { BUSINESS_AGENT: pick(BUSINESS_AGENTS) } : { DECISION_AGENT: pick(DECISION_AGENTS) };
    const replica = await cluster.start({ ...withBadAgent(way), databasePort: proxy.port, wait: false });
    // It may find no database and end; then there is no bad agent this time.
    if (
      await replica.ready().then(
        () => true,
        () => false,
      )
    ) {
      // A run of its own: the agents may be missing in that one, and in no other.
      const id = await cluster.startRun().catch(() => null);
      if (id) await untilFinished(cluster, id);
    }
    await replica.kill();
    await startOne(scene);
  },
  async change_instances({ cluster, random, instances }) {
    const admin = cluster.asAdmin();
    for (let change = 0; change < 50; change++) {
      const path = `/strategies/${instances[Math.floor(random() * instances.length)]}`;
      const body =
        random() < 0.5
          ? { is_active: random() < 0.7 }
          : { instance_params: { buy_threshold: 1 + Math.floor(random() * 90) } };
      const { status } = await admin.send('PATCH', path, body).catch(unanswered);
      if (![0, 200, 503].includes(status)) throw new Error(`PATCH ${path}: ${status}`);
    }
  },
};

/** Does something to one of the processes; at least one is left alone. */
async function withVictim(scene: Scene, work: (victim: Replica) => Promise<void>): Promise<void> {
  const { cluster, random, victims } = scene;
  const others = cluster.running.filter((replica) => replica.isServing && !victims.has(replica));
  if (others.length < 2) return;
  const victim = others[Math.floor(random() * others.length)]!;
  victims.add(victim);
  await work(victim).finally(() => victims.delete(victim));
}

/** As often as it takes: a process that finds no database ends, and its process manager starts it again. */
async function startOne({ cluster, proxy }: Scene): Promise<void> {
  while (cluster.running.length < REPLICAS) {
    const replica = await cluster.start({ databasePort: proxy.port, wait: false });
    try {
      await replica.ready();
      return;
    } catch (error) {
      if (replica.ended === null || replica.ended.code !== 1) throw error;
      await sleep(1000);
    }
  }
}

/** The asked process is disturbed too: it was killed, or the database of the sign-in is away. */
function unanswered(): { readonly status: 0 } {
  return { status: 0 };
}
