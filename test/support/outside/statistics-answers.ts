import { sendJson, type Answer } from '../local-api.js';

const DAY_MS = 86_400_000;
export const FRED_KEY = 'abcdefghijklmnopqrstuvwxyz123456';
export const GLASSNODE_KEY = 'a-key-for-glassnode';

const dayText = (time: number): string => new Date(time).toISOString().slice(0, 10);
const today = (): number => Math.floor(Date.now() / DAY_MS) * DAY_MS;

/** Midnights, newest last, the last one so many days ago. */
function days(count: number, last: number): number[] {
  return Array.from({ length: count }, (_, index) => today() - (last + count - 1 - index) * DAY_MS);
}

/** https://alternative.me/crypto/fear-and-greed-index/#api */
export function fearGreedAnswer(): Answer {
  return ({ url: { pathname, searchParams } }, response) => {
    if (pathname !== '/fng/') return response.writeHead(404).end();
    const data = days(Number(searchParams.get('limit') ?? 1), 0)
      .reverse()
      .map((time, index) => ({
        value: String(40 + (Math.round(time / DAY_MS) % 20)),
        value_classification: 'Neutral',
        timestamp: String(time / 1000),
        ...(index === 0 ? { time_until_update: '28499' } : {}),
      }));
    return sendJson(response, { name: 'Fear and Greed Index', data, metadata: { error: null } });
  };
}

/** The level of each series of FRED; a value a day, but for M2SL. */
const FRED_LEVELS: Readonly<Record<string, number>> = {
  DFF: 4.33,
  DGS10: 4.2,
  VIXCLS: 17,
  DEXUSEU: 1.08,
  DEXJPUS: 150,
  DEXUSUK: 1.27,
  DEXCAUS: 1.36,
  DEXSDUS: 10.4,
  DEXSZUS: 0.89,
  M2SL: 22_000,
};

/** https://fred.stlouisfed.org/docs/api/fred/series_observations.html */
export function fredAnswer(): Answer {
  return ({ url: { pathname, searchParams } }, response) => {
    const level = FRED_LEVELS[searchParams.get('series_id') ?? ''];
    const refuse = (message: string): unknown =>
      response
        .writeHead(400, { 'content-type': 'application/json' })
        .end(JSON.stringify({ error_code: 400, error_message: `Bad Request.  ${message}` }));
    if (pathname !== '/fred/series/observations') return response.writeHead(404).end();
    if (searchParams.get('api_key') !== FRED_KEY) return refuse('The value for variable api_key is not registered.');
    if (level === undefined) return refuse('The series does not exist.');
    if (searchParams.get('file_type') !== 'json')
      return response.writeHead(200).end('<?xml version="1.0" ?><observations/>');
    const start = Date.parse(searchParams.get('observation_start') ?? '1776-07-04');
    const series = searchParams.get('series_id')!;
    const observations = (series === 'M2SL' ? months(level) : daily(level)).filter(
      ({ date }) => Date.parse(date) >= start,
    );
    const initial = searchParams.get('output_type') === '4';
    return sendJson(response, {
      realtime_start: searchParams.get('realtime_start') ?? dayText(today()),
      realtime_end: searchParams.get('realtime_end') ?? dayText(today()),
      observation_start: dayText(start),
      observation_end: '9999-12-31',
      units: 'lin',
      output_type: initial ? 4 : 1,
      file_type: 'json',
      order_by: 'observation_date',
      sort_order: 'asc',
      count: observations.length,
      offset: 0,
      limit: 100_000,
      observations: observations.map(({ date, value, released }) => ({
        realtime_start: initial ? released : dayText(today()),
        realtime_end: initial ? '9999-12-31' : dayText(today()),
        date,
        value,
      })),
    });
  };
}

interface FredRow {
  readonly date: string;
  readonly value: string;
  readonly released: string;
}

/** Weekends and holidays have no value, as on FRED. */
function daily(level: number): FredRow[] {
  return days(200, 2).map((time) => {
    const isWeekend = [0, 6].includes(new Date(time).getUTCDay());
    return { date: dayText(time), value: isWeekend ? '.' : String(level), released: dayText(time + DAY_MS) };
  });
}

/** 4 % more a year, each month published 26 days after it has ended. */
function months(level: number): FredRow[] {
  const rows: FredRow[] = [];
  const now = new Date(today());
  for (let back = 40; back >= 1; back--) {
    const month = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 1);
    const released = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back + 1, 27);
    if (released > today()) continue;
    rows.push({ date: dayText(month), value: (level * 1.04 ** (-back / 12)).toFixed(4), released: dayText(released) });
  }
  return rows;
}

const CHARTS: Readonly<Record<string, { name: string; unit: string; level: number }>> = {
  'hash-rate': { name: 'Hash Rate', unit: 'Hash Rate TH/s', level: 6.5e8 },
  difficulty: { name: 'Difficulty', unit: 'Difficulty', level: 9.5e13 },
  'n-unique-addresses': { name: 'Unique Addresses Used', unit: 'Addresses', level: 550_000 },
  'n-transactions': { name: 'Confirmed Transactions Per Day', unit: 'Transactions', level: 400_000 },
  'market-cap': { name: 'Market Capitalization (USD)', unit: 'USD', level: 1.3e12 },
  'estimated-transaction-volume-usd': { name: 'Estimated Transaction Value (USD)', unit: 'USD', level: 1.3e10 },
};

/** https://www.blockchain.com/explorer/api/charts_api */
export function blockchainAnswer(): Answer {
  return ({ url: { pathname, searchParams } }, response) => {
    const chart = CHARTS[pathname.replace('/charts/', '')];
    const timespan = /^(\d+)days$/.exec(searchParams.get('timespan') ?? '');
    if (!chart || !timespan)
      return response.writeHead(404, { 'content-type': 'text/html' }).end('<html>Not found</html>');
    const values = days(Number(timespan[1]), 1).map((time) => ({ x: time / 1000, y: chart.level }));
    return sendJson(response, {
      status: 'ok',
      name: chart.name,
      unit: chart.unit,
      period: 'day',
      description: '',
      values,
    });
  };
}

/** https://mempool.space/docs/api/rest#get-block-fees: 6 months in steps of 3 hours, 18 blocks each. */
export function mempoolAnswer(): Answer {
  return ({ url: { pathname } }, response) => {
    if (pathname !== '/api/v1/mining/blocks/fees/6m') return response.writeHead(404).end();
    const step = DAY_MS / 8;
    const count = 180 * 8;
    const newest = Math.floor(Date.now() / step) * step;
    const entries = Array.from({ length: count }, (_, index) => ({
      avgHeight: 900_000 + index * 18,
      timestamp: (newest - (count - 1 - index) * step) / 1000,
      avgFees: 5_000_000,
      USD: 65_000,
    }));
    return sendJson(response, entries);
  };
}

/** https://docs.glassnode.com/basic-api/endpoints/market */
export function glassnodeAnswer(): Answer {
  return ({ url: { pathname, searchParams }, headers }, response) => {
    if (headers['x-api-key'] !== GLASSNODE_KEY) return response.writeHead(401).end('invalid api key');
    if (pathname !== '/v1/metrics/market/mvrv') return response.writeHead(404).end();
    const since = Number(searchParams.get('s') ?? 0) * 1000;
    const values = days(400, 1).filter((time) => time >= since);
    return sendJson(
      response,
      values.map((time) => ({ t: time / 1000, v: 2.1 })),
    );
  };
}
