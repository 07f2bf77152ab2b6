/**
 * Loaded into a replica with `node --import`: the clock of its machine is wrong by CLOCK_OFFSET_MS, as libfaketime would
 * make it. Only the clock of the day: a monotonic clock counts from anywhere, and is right on any machine.
 */
const offsetMs = Number(process.env.CLOCK_OFFSET_MS);
const RealDate = Date;
const wrongNow = () => RealDate.now() + offsetMs;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, newTarget) => Reflect.construct(target, args.length > 0 ? args : [wrongNow()], newTarget),
  apply: () => new RealDate(wrongNow()).toString(),
  get: (target, name, receiver) => (name === 'now' ? wrongNow : Reflect.get(target, name, receiver)),
});
