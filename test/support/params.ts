/** Params under which practically every conviction is a BUY. */
export const ALWAYS_BUY = { buy_threshold: 1, partial_sell_threshold: 1, full_sell_threshold: 0 };

/** Params under which practically every conviction sells everything. */
export const ALWAYS_SELL = { buy_threshold: 100, partial_sell_threshold: 100, full_sell_threshold: 99 };
