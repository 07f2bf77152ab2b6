/**
 * Loaded into a replica with `node --import`: its monotonic clock runs CLOCK_FACTOR times as fast, like the clock of
 * the database that it is used with. Timers keep their pace.
 */
const factor = Number(process.env.CLOCK_FACTOR);
const realNow = performance.now.bind(performance);
performance.now = () => realNow() * factor;
