/**
 * What the program comes with, word for word as it is stored, by its stable name: by that the console knows what an
 * administrator has not changed, and can say it in another language.
 */
export const seeded = {
  templateText: {
    multi_agent_btc_v1:
      'Buys bitcoin when macro, on-chain and technical agents agree, in small steps that grow with conviction; sells in part or whole as conviction fades. A circuit breaker holds in extreme markets.',
    multi_agent_eth_v1: 'The same rules as Multi-Agent BTC, on ether, once an hour.',
    momentum_regime_btc_v1:
      'Follows the momentum of bitcoin, long or short, on perpetuals. The regime scales risk, leverage and target; every position has a stop, a target and a time after which it is closed.',
  },
  agentName: {
    macro: 'The Oracle',
    onchain: 'Data Warden',
    ta: 'Momentum Scout',
    regime_filter: 'Regime Filter',
    ta_momentum: 'TA Momentum',
  },
  agentText: {
    macro: 'Macro-economics and mood: fear and greed, the dollar, rates, the VIX and the money supply.',
    onchain: 'The Bitcoin network: mining, use, valuation and fees. For other symbols a proxy of the market.',
    ta: 'Technical analysis of 1-hour candles: EMA 9/20/50/200, RSI 14, MACD, Bollinger bands, ATR 14.',
    regime_filter:
      'Mood, funding, dollar, VIX, open interest and futures premium as one score: 0 is a time for shorts, 100 one for longs.',
    ta_momentum: 'Trend, momentum and timing of 1-hour and 15-minute candles as a direction with a strength.',
  },
  toolName: {
    get_price: 'Price',
    get_candles: 'Candles',
    get_dxy: 'Dollar index',
    get_us10y_yield: 'US 10-year yield',
    get_vix: 'VIX',
    get_m2_growth: 'M2 growth',
    get_fed_funds_rate: 'Fed funds rate',
    get_hash_rate: 'Hash rate',
    get_difficulty: 'Mining difficulty',
    get_active_addresses: 'Active addresses',
    get_transactions: 'Transactions',
    get_nvt: 'NVT ratio',
    get_mvrv: 'MVRV ratio',
    get_fees: 'Network fees',
    get_fear_greed: 'Fear and greed index',
    get_funding: 'Perpetual funding',
    get_open_interest: 'Open interest',
    get_futures_premium: 'Futures premium',
  },
  toolText: {
    get_price: 'The newest price of the symbol at the venue of the definition, in dollars.',
    get_candles: 'Closed candles of that venue, 15 minutes or one hour: open, high, low, close, volume.',
    get_dxy: 'ICE dollar index (level about 100), not the broad index of the Fed.',
    get_us10y_yield: 'Yield of the 10-year US Treasury note, percent.',
    get_vix: 'Volatility index of the S&P 500, points.',
    get_m2_growth: 'US money supply M2 against the year before, percent.',
    get_fed_funds_rate: 'Effective federal funds rate, percent.',
    get_hash_rate: 'Estimated hash rate of the Bitcoin network, TH/s.',
    get_difficulty: 'Difficulty of the Bitcoin network; it is adjusted about every 14 days.',
    get_active_addresses: 'Addresses that took part in a Bitcoin transaction, per day.',
    get_transactions: 'Confirmed Bitcoin transactions, per day.',
    get_nvt: 'Network value to transactions: market value of all bitcoin / value moved per day.',
    get_mvrv: 'Market value / realised value of all bitcoin.',
    get_fees: 'Fees paid to Bitcoin miners, BTC per day.',
    get_fear_greed: 'Crypto fear and greed index of alternative.me, 0 (fear) to 100 (greed), one value a day.',
    get_funding:
      'Daily mean of the 8-hour funding rate of the BTC perpetual, as a fraction of the notional. Positions in other perpetuals pay by their own.',
    get_open_interest: 'Open interest of the BTC perpetual, BTC, one value a day.',
    get_futures_premium: 'Premium of BTC futures over spot, percent a year, one value a day.',
  },
  apiText: {
    binance_api: 'Spot candles, prices and orders.',
    hyperliquid_api: 'Perpetual candles, prices, funding and orders.',
    fred_api: 'Federal Reserve Bank of St. Louis: rates, yields, money supply, VIX, exchange rates.',
    alternative_me_api: 'Crypto fear and greed index.',
    blockchain_info_api: 'Bitcoin network statistics and charts.',
    mempool_space_api: 'Bitcoin fees, difficulty and hash rate.',
    glassnode_api: 'On-chain metrics such as MVRV; needs a key.',
    llm_api: 'Any OpenAI-compatible provider, for agents in LLM mode; needs a key.',
  },
  invariant: {
    instance_without_execution:
      'an instance that was active a minute before a finished run began and is without an execution in it, of months that are kept',
    execution_without_outcome:
      'an execution that is neither completed, failed nor skipped, or completed without a signal',
    history_of_nobody: 'an execution, an analysis or a snapshot of a run or an instance that is not there',
    execution_not_to_be_found:
      'an execution whose id does not carry the time of its run: who asks for the id would not find it',
    order_without_execution:
      "an order of an execution that is not there (of months that are kept) or is another instance's, and a trade of another one than its order's",
    second_order_of_an_execution: 'two orders of one execution',
    failed_execution_with_order: 'an order of an execution that failed',
    trade_without_order: 'a trade without an order, or of another instance than its order',
    cash_differs_from_ledger: 'free cash that is not the sum of the quote entries of the ledger',
    position_differs_from_ledger:
      'a position whose quantity is not the sum of the base entries of the ledger, or base entries without one',
    margin_differs_from_ledger: 'margin of a position that is not the sum of the margin entries of the ledger',
    exit_without_trade: 'an exit whose order did not close a position of that side, of that instance, for that reason',
    entry_differs_from_fills:
      'an open perpetual whose entry notional is not what its fills bought or sold short, less the parts that were closed',
    funding_hour_without_evidence:
      'an hour of funding that is not quantity * price * an eighth of its rate, or whose quantity is not what the fills before it left',
    funding_differs_from_ledger:
      'funding in the ledger that is not the sum of the hours that were settled at that moment; the hours are kept since the first of them',
    funding_hour_left_out:
      'an hour that a position was held and that is not there, and one that is owed of a position of which nothing is known',
    profit_does_not_add_up: 'realized plus unrealized profit that is not total value minus deposits',
    total_value_differs:
      'a total value that is not the cash where nothing is held, and a last snapshot that is not cash and holdings at its price',
    value_differs_from_mark:
      'a total value that is not free cash and what is held, at the price that it was computed at',
    total_pnl_differs: 'a total profit that is not total value minus deposits',
    snapshot_does_not_add_up:
      'a snapshot whose cash and positions are not its value, or a last snapshot that is not the one noted',
    impossible_money: 'NaN or negative cash, and more closes than trades',
    trade_count_differs: 'an instance whose trade counters differ from its trades',
    agent_ran_twice: 'an agent that spoke twice in a run',
    unknown_params_version: 'an execution whose params version does not exist',
    paper_order_at_venue: 'a paper order in a state that only a venue can give',
    fills_differ_from_order: 'an order whose filled quantity is not the sum of its fills',
    run_goes_on_after_its_end:
      'a run that is over and open at once, one that ended well with an error, and chunks that it did not count',
    run_counters_differ:
      'a run that is over, however it ended, whose counters differ from its executions (those of purged portfolios are gone)',
  },
};
