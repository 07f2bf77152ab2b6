// Made from openapi.json by `npm run openapi`. Change the controllers, not this file.
export interface paths {
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Check that the process is alive
         * @description Roles: anyone.
         */
        get: operations["getLiveness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Check that this process can do its work
         * @description Roles: anyone.
         */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Register an account
         * @description The new account has the role `user`; an administrator can change it. After 20 registrations from an address in an hour, refused ones included, the answer is 429 `too_many_registrations` until Retry-After is over.
         *
         *     Roles: anyone.
         */
        post: operations["register"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in with e-mail address and password
         * @description After 5 failures from an address for an account in 15 minutes, or 50 from an address in an hour, the answer is 429 `too_many_attempts` until Retry-After is over, also for the right password. A request with the `device_token` of an earlier sign-in has 5 failures of its own instead. After 100 failures for an account in an hour the answers to requests without one take some seconds.
         *
         *     Roles: anyone.
         */
        post: operations["login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Exchange a refresh token
         * @description A refresh token can be used once. Using it again ends its session, because two parties hold it.
         *
         *     Roles: anyone.
         */
        post: operations["refreshTokens"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign out
         * @description Ends the session of the refresh token; its access tokens become invalid at once. The answer is the same for an unknown or ended session.
         *
         *     Roles: anyone.
         */
        post: operations["logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in from the console
         * @description Like login, but refresh token and device token are set as cookies (HttpOnly, SameSite=Strict). Failures count together with those of login.
         *
         *     Roles: anyone.
         */
        post: operations["openConsoleSession"];
        /**
         * Sign out from the console
         * @description Ends the session of the cookie and removes the cookie. The answer is the same without a session.
         *
         *     Roles: anyone.
         */
        delete: operations["closeConsoleSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/session/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refresh the console session
         * @description The cookie is exchanged, too. The one before can be exchanged for a minute more, for the same new one: two tabs may ask at once, and a page may be reloaded before it has the answer. After that, using it again ends the session.
         *
         *     Roles: anyone.
         */
        post: operations["continueConsoleSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get your account
         * @description Roles: user, trader, admin.
         */
        get: operations["getProfile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change your name or password
         * @description A new password requires the current one, differs from it, and ends all other sessions. A user with a password that was generated or set by an administrator may do nothing else first. After 5 wrong current passwords of a session in 15 minutes the answer is 429 `too_many_attempts` until Retry-After is over.
         *
         *     Roles: user, trader, admin.
         */
        patch: operations["updateProfile"];
        trace?: never;
    };
    "/api/v1/decision-agents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List decision agents
         * @description Roles: trader, admin.
         */
        get: operations["listDecisionAgents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/decision-agents/{class}/evaluate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Evaluate a decision agent (what-if)
         * @description Stores and trades nothing. The same body always gives the same answer. 503 `decision_agent_timeout` when the decision agent hangs.
         *
         *     Roles: trader, admin.
         */
        post: operations["evaluateDecisionAgent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/market/candles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List candles
         * @description Of the newest 999 that have closed. 503 `market_data_unavailable` while the source cannot be asked.
         *
         *     Roles: user, trader, admin.
         */
        get: operations["listCandles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/strategy-definitions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Strategy definitions
         * @description Sort by id, name, display_name, created_at; by id unless told.
         *
         *     Roles: trader, admin.
         */
        get: operations["listStrategyDefinitions"];
        put?: never;
        /**
         * Create a strategy definition
         * @description Roles: admin.
         */
        post: operations["createStrategyDefinition"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/strategy-definitions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a strategy definition
         * @description Roles: trader, admin.
         */
        get: operations["getStrategyDefinition"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a strategy definition
         * @description Existing strategies keep their params. A new period or switch takes effect from the next tick.
         *
         *     Roles: admin.
         */
        patch: operations["updateStrategyDefinition"];
        trace?: never;
    };
    "/api/v1/strategies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List strategies
         * @description Sort by total_pnl_percent, total_value, created_at; newest first unless told. The role user sees active ones, without params.
         *
         *     Roles: user, trader, admin.
         */
        get: operations["listStrategies"];
        put?: never;
        /**
         * Create a strategy
         * @description It starts at once and takes part from the next run of its definition on. 409 `too_many_instances` when the user has as many as MAX_INSTANCES_PER_USER allows, archived ones not counted.
         *
         *     Roles: trader, admin.
         */
        post: operations["createStrategy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/strategies/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a strategy
         * @description Roles: user, trader, admin.
         */
        get: operations["getStrategy"];
        put?: never;
        post?: never;
        /**
         * Stop a strategy
         * @description Its owner or an admin. Its history stays. Archived for good: it cannot be started again.
         *
         *     Roles: user, trader, admin.
         */
        delete: operations["archiveStrategy"];
        options?: never;
        head?: never;
        /**
         * Change, pause or start a strategy
         * @description For the owner and administrators. Params are merged and take effect from the next run. An owner whose role is user can only stop it.
         *
         *     Roles: user, trader, admin.
         */
        patch: operations["updateStrategy"];
        trace?: never;
    };
    "/api/v1/strategies/{id}/executions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List decisions of a strategy
         * @description Roles: user, trader, admin.
         */
        get: operations["listStrategyExecutions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/strategies/{id}/executions/{executionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a decision
         * @description The shared analyses with their factors, the reasons, the params used, the market, order and fills. For one of a month that is not kept any more 410 `not_kept`, while its order and trades are still listed.
         *
         *     Roles: user, trader, admin.
         */
        get: operations["getStrategyExecution"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/strategies/{id}/trades": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List trades of a strategy
         * @description Roles: user, trader, admin.
         */
        get: operations["listStrategyTrades"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/strategies/{id}/exits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List automatic exits of a strategy
         * @description Positions that were closed between runs by a stop, a take profit, a time stop or a liquidation. Each is also a trade with the kind as its reason.
         *
         *     Roles: user, trader, admin.
         */
        get: operations["listStrategyExits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/strategies/{id}/snapshots": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List snapshots of a strategy (equity curve)
         * @description Roles: user, trader, admin.
         */
        get: operations["listStrategySnapshots"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/strategies/{id}/params-history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List parameter changes of a strategy
         * @description For the owner and administrators; 404 for everybody else.
         *
         *     Roles: user, trader, admin.
         */
        get: operations["listStrategyParams"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/strategies/{id}/ledger": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List ledger entries of a strategy
         * @description For the owner and administrators; 404 for everybody else.
         *
         *     Roles: user, trader, admin.
         */
        get: operations["listStrategyLedger"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/strategies/{id}/performance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the performance of a strategy
         * @description Statistics from trades, ledger and the equity curve as far as it is kept, compared with buy and hold. A statistic with too little history is null and has a reason.
         *
         *     Roles: user, trader, admin.
         */
        get: operations["getStrategyPerformance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/strategies/{id}/executions/{executionId}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Recompute a decision
         * @description Takes the stored market, analyses, params and portfolio, decides and plans the order once more, and compares every field. One that failed is identical when it fails with the same code; one that was skipped, or that nothing came of because its chunk could not be served, is 409 `nothing_decided`; 503 `decision_agent_timeout` when the decision agent hangs. For traders, admins and the owner; for everybody else it does not exist.
         *
         *     Roles: user, trader, admin.
         */
        get: operations["replayStrategyExecution"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/strategy-definitions/{id}/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List runs of a definition
         * @description Roles: trader, admin.
         */
        get: operations["listRuns"];
        put?: never;
        /**
         * Start a run
         * @description Roles: admin.
         */
        post: operations["runNow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a run
         * @description Roles: trader, admin.
         */
        get: operations["getRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/strategy-definitions/{id}/convictions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List convictions of a definition
         * @description Computed from what the run saw, for a strategy that holds nothing, with the agents and default params that the definition has at this moment. 503 `decision_agent_timeout` when the decision agent hangs.
         *
         *     Roles: trader, admin.
         */
        get: operations["listConvictions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stream/tickets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get a stream ticket
         * @description The ticket opens the stream once. The stream ends with the session of the access token.
         *
         *     Roles: user, trader, admin.
         */
        post: operations["createStreamTicket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Stream events
         * @description The ticket identifies the user, and so decides which events are sent. Events contain ids and times only: read the changed resource itself. A client that reconnects with the id of the last event misses nothing and gets nothing twice, at any server.
         *
         *     | event | data | sent to |
         *     |---|---|---|
         *     | `definition.tick` | TickEventView: a run was created | traders, admins; users while the definition has an active strategy |
         *     | `run.finished` | RunEventView | the same |
         *     | `executions.recorded` | ExecutionsEventView: a part of a run has finished | everybody, about their own strategies |
         *     | `strategy.changed` | StrategyEventView: created, changed, paused, started, stopped | everybody who may see the strategy |
         *     | `strategies.valued` | ValuationEventView: a new value between runs, from a price or an exit | the same |
         *     | `ready` | StreamStateView: the stream is open | everybody |
         *     | `reset` | StreamStateView: events since the last one are no longer kept; read everything again | everybody |
         *     | `heartbeat` | StreamStateView, when nothing else came for 15 s | everybody |
         *     | `end` | StreamStateView with the reason, then the server closes the stream | everybody |
         *
         *     Roles: anyone.
         */
        get: operations["openStream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/agents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List business agents
         * @description Roles: admin.
         */
        get: operations["listAgents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/agents/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a business agent
         * @description Roles: admin.
         */
        get: operations["getAgent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a business agent
         * @description Switches it or its LLM mode on or off, or changes its display name. Takes effect on the next run.
         *
         *     Roles: admin.
         */
        patch: operations["updateAgent"];
        trace?: never;
    };
    "/api/v1/admin/apis": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List APIs
         * @description Roles: admin.
         */
        get: operations["listApis"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/apis/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an API
         * @description Roles: admin.
         */
        get: operations["getApi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change an API
         * @description Address, limit, switch and keys. Keys are stored encrypted and never returned. Takes effect on the next request. Another address or key, and switching it on, end a pause that the API asked for. An address with another origin removes the stored key and secret unless the same request sets new ones; `key_removed` says so.
         *
         *     Roles: admin.
         */
        patch: operations["updateApi"];
        trace?: never;
    };
    "/api/v1/admin/apis/{name}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Test an API
         * @description Asks its base_url once, for 5 seconds at most, without the key. An address that is not one of the API’s, or points to an inner network, is not asked. Changes nothing.
         *
         *     Roles: admin.
         */
        post: operations["testApi"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/audit-log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List audit log entries
         * @description Roles: admin.
         */
        get: operations["listAuditLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/llm-calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List LLM calls
         * @description Roles: admin.
         */
        get: operations["listLlmCalls"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/llm-calls/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an LLM call
         * @description Roles: admin.
         */
        get: operations["getLlmCall"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/system": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the state of the system
         * @description Schedule, queue, sources, failures, invariants and versions.
         *
         *     Roles: admin.
         */
        get: operations["getSystem"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/system/invariants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check all invariants
         * @description Workers do it every hour, and once a day for everything, as this does. It answers when it is done, which takes minutes with millions of rows; the result is kept and shown by GET /admin/system too. 409 `check_running` while another check runs.
         *
         *     Roles: admin.
         */
        post: operations["checkInvariants"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/tools": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List tools
         * @description Roles: admin.
         */
        get: operations["listTools"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/tools/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a tool
         * @description Roles: admin.
         */
        get: operations["getTool"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a tool
         * @description Switches it or its LLM mode on or off, or changes its display name. Takes effect on the next run.
         *
         *     Roles: admin.
         */
        patch: operations["updateTool"];
        trace?: never;
    };
    "/api/v1/admin/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List users
         * @description Sort by created_at, email, full_name, role; newest first unless told.
         *
         *     Roles: admin.
         */
        get: operations["listUsers"];
        put?: never;
        /**
         * Create a user
         * @description With any role. Works even if registration is closed.
         *
         *     Roles: admin.
         */
        post: operations["createUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a user
         * @description Roles: admin.
         */
        get: operations["getUser"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a user
         * @description Takes effect on the user’s next request. A deactivated user’s strategies stop, and so do those of a user who gets the role user; `stopped_strategies` says how many. The last active admin cannot lose the role: 409 `last_admin`.
         *
         *     Roles: admin.
         */
        patch: operations["updateUser"];
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        HealthView: {
            /**
             * @description Always `ok`; anything else is an error answer.
             * @example ok
             * @enum {string}
             */
            status: "ok";
        };
        ViolationView: {
            /**
             * @description JSON pointer to the offending value.
             * @example /initial_balance
             */
            pointer: string;
            /**
             * @description Stable snake_case code.
             * @example out_of_range
             */
            code: string;
            /**
             * @description What would be valid.
             * @example "initial_balance" must be above 0.
             */
            message: string;
            /**
             * @description Figures and names in the message, for clients that word it themselves.
             * @example {
             *       "above": 0
             *     }
             */
            values?: {
                [key: string]: string | number;
            };
        };
        ProblemView: {
            /**
             * @description URI of the kind of problem.
             * @example urn:conclave:problem:validation_failed
             */
            type: string;
            /**
             * @description The problem in words.
             * @example Validation failed
             */
            title: string;
            /**
             * @description HTTP status.
             * @example 422
             */
            status: number;
            /**
             * @description What happened and what to do.
             * @example One field is not valid. See errors.
             */
            detail: string;
            /**
             * @description Path of the request.
             * @example /api/v1/strategies
             */
            instance: string;
            /**
             * @description Stable snake_case code for programs.
             * @example validation_failed
             */
            code: string;
            /** @description Every violation; empty if there is none. */
            errors: components["schemas"]["ViolationView"][];
            /**
             * @description Figures and names in the message, for clients that word it themselves.
             * @example {
             *       "limit": 100
             *     }
             */
            values?: {
                [key: string]: string | number;
            };
            /**
             * @description Also in X-Request-ID and in the log.
             * @example 6f9d3a52-0f3e-4b52-9d57-0a4b6a1d1f10
             */
            trace_id: string;
        };
        RegisterBody: {
            /**
             * @description E-mail address; case does not matter.
             * @example ada@example.com
             */
            email: string;
            /**
             * Format: password
             * @description 8 to 128 characters, not a common password.
             * @example a long enough passphrase
             */
            password: string;
            /**
             * @description Display name, visible to other users.
             * @example Ada Lovelace
             */
            full_name?: string | null;
        };
        UserView: {
            /**
             * Format: uuid
             * @description Id.
             * @example 3f0c2a52-6f1e-4c39-9d57-0a4b6a1d1f10
             */
            id: string;
            /**
             * @description E-mail address, in lower case.
             * @example ada@example.com
             */
            email: string;
            /**
             * @description Full name.
             * @example Ada Lovelace
             */
            full_name: string | null;
            /**
             * @description What the user may do.
             * @example trader
             * @enum {string}
             */
            role: "user" | "trader" | "admin";
            /**
             * @description Whether the user may sign in.
             * @example true
             */
            is_active: boolean;
            /**
             * @description Whether the password was generated, or set by an administrator, and not changed since. On a database of its own (DATABASE_URL) the user can do nothing before changing it.
             * @example false
             */
            must_change_password: boolean;
            /**
             * @description Counts the changes; also in the ETag.
             * @example 1
             */
            version: number;
            /**
             * Format: date-time
             * @description When the account was created.
             * @example 2025-01-01T00:00:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it was last changed.
             * @example 2025-01-01T00:00:00.000Z
             */
            updated_at: string;
        };
        LoginBody: {
            /**
             * @description E-mail address; case does not matter.
             * @example ada@example.com
             */
            email: string;
            /**
             * Format: password
             * @description Password.
             * @example a long enough passphrase
             */
            password: string;
            /**
             * @description The device_token of the last sign-in to this account: failures of others then do not count against this one. One that does not count any more is ignored.
             * @example eyJhbGciOiJIUzI1NiIs...
             */
            device_token?: string;
        };
        SignInView: {
            /**
             * @description Send as `Authorization: Bearer ...`.
             * @example eyJhbGciOiJIUzI1NiIs...
             */
            access_token: string;
            /**
             * @description Always Bearer.
             * @example Bearer
             * @enum {string}
             */
            token_type: "Bearer";
            /**
             * @description Seconds until the access token expires.
             * @example 900
             */
            expires_in: number;
            /**
             * @description Valid for one POST /auth/refresh within 30 days.
             * @example rTzJx0y2mZkq1cX3v9aUe8bHn4Lw7QpSd5FgKi6Oj0M
             */
            refresh_token: string;
            /**
             * @description Good for 30 days: keep it and send it with the next sign-in. It signs nobody in.
             * @example eyJhbGciOiJIUzI1NiIs...
             */
            device_token: string;
        };
        RefreshBody: {
            /**
             * @description The refresh token of the last sign-in or refresh.
             * @example rTzJx0y2mZkq1cX3v9aUe8bHn4Lw7QpSd5FgKi6Oj0M
             */
            refresh_token: string;
        };
        TokensView: {
            /**
             * @description Send as `Authorization: Bearer ...`.
             * @example eyJhbGciOiJIUzI1NiIs...
             */
            access_token: string;
            /**
             * @description Always Bearer.
             * @example Bearer
             * @enum {string}
             */
            token_type: "Bearer";
            /**
             * @description Seconds until the access token expires.
             * @example 900
             */
            expires_in: number;
            /**
             * @description Valid for one POST /auth/refresh within 30 days.
             * @example rTzJx0y2mZkq1cX3v9aUe8bHn4Lw7QpSd5FgKi6Oj0M
             */
            refresh_token: string;
        };
        ConsoleLoginBody: {
            /**
             * @description E-mail address; case does not matter.
             * @example ada@example.com
             */
            email: string;
            /**
             * Format: password
             * @description Password.
             * @example a long enough passphrase
             */
            password: string;
        };
        ConsoleSessionView: {
            /**
             * @description Send as `Authorization: Bearer ...`.
             * @example eyJhbGciOiJIUzI1NiIs...
             */
            access_token: string;
            /**
             * @description Always Bearer.
             * @example Bearer
             * @enum {string}
             */
            token_type: "Bearer";
            /**
             * @description Seconds until the access token expires.
             * @example 900
             */
            expires_in: number;
        };
        ProfileBody: {
            /**
             * @description Display name, visible to other users; null removes it.
             * @example Ada Lovelace
             */
            full_name?: string | null;
            /**
             * Format: password
             * @description The new password: 8 to 128 characters, not a common one. All other sessions end.
             * @example another long passphrase
             */
            password?: string;
            /**
             * Format: password
             * @description The current password; required with a new one.
             * @example a long enough passphrase
             */
            current_password?: string;
        };
        DecisionAgentView: {
            /**
             * @description Value of `decision_agent_class` in a definition.
             * @example MultiAgentConvictionDecision
             */
            name: string;
            /**
             * @description Value of `decision_agent_module` in a definition.
             * @example domain/decision/multi-agent-conviction/multi-agent-conviction-decision
             */
            module: string;
            /**
             * @description Raised when the same inputs may give another decision.
             * @example 1.0.0
             */
            version: string;
            /**
             * @description Description.
             * @example Weighs the scores of the business agents.
             */
            description: string;
            /**
             * @description JSON Schema (2020-12) of complete params for these business agents.
             * @example {
             *       "type": "object",
             *       "properties": {
             *         "buy_threshold": {
             *           "type": "number",
             *           "minimum": 0,
             *           "maximum": 100
             *         }
             *       }
             *     }
             */
            params_schema: {
                [key: string]: unknown;
            };
            /**
             * @description Default params.
             * @example {
             *       "agent_weights": {
             *         "macro": 0.4,
             *         "onchain": 0.4,
             *         "ta": 0.2
             *       },
             *       "buy_threshold": 55,
             *       "partial_sell_threshold": 50,
             *       "full_sell_threshold": 45,
             *       "fg_circuit_breaker_threshold": 20,
             *       "fg_position_adjust_threshold": 30,
             *       "circuit_breaker_blocks_exits": true,
             *       "consecutive_signal_threshold": 30,
             *       "acceleration_multiplier_min": 1.1,
             *       "acceleration_multiplier_max": 2,
             *       "max_position_size": 0.01
             *     }
             */
            default_params: {
                [key: string]: unknown;
            };
            /**
             * @description Default business agents.
             * @example [
             *       "macro",
             *       "onchain",
             *       "ta"
             *     ]
             */
            business_agents: string[];
            /**
             * @description What it reads of their analyses besides the score: business agent -> names of outputs. An evaluation takes these and no others.
             * @example {
             *       "ta_momentum": [
             *         "signal",
             *         "strength",
             *         "confidence",
             *         "atr"
             *       ]
             *     }
             */
            outputs_read: {
                [key: string]: string[];
            };
        };
        EvaluationAnalysis: {
            /**
             * @description -100 (bearish) .. 100 (bullish); beyond that it is clamped.
             * @example 45
             */
            score: number;
            /** @description Of `regime_filter`: 0 (bad for longs) .. 100. */
            regime_score?: number;
            /**
             * @description Of `ta_momentum`: the direction.
             * @enum {string}
             */
            signal?: "LONG" | "SHORT" | "NEUTRAL";
            /** @description Of `ta_momentum`. */
            strength?: number;
            /** @description Of `ta_momentum`. */
            confidence?: number;
            /** @description Of `ta_momentum`: average true range, in quote currency, above 0. */
            atr?: number;
            /** @description Of `ta_momentum`: distance of the stop in average true ranges; left out or null: the params say. */
            stop_distance_atr?: number | null;
        };
        EvaluationMarket: {
            /**
             * @description Above 0, in quote currency; a decimal string or a number.
             * @example 65000
             */
            price: string | number;
            /**
             * @description Percent; absent when null or left out.
             * @example 2.5
             */
            change_24h_percent?: number | null;
            /**
             * @description Fear and greed index; absent when null or left out.
             * @example 55
             */
            fear_greed?: number | null;
            /**
             * @description ICE dollar index, above 0, level about 100; absent when null or left out.
             * @example 104
             */
            dxy?: number | null;
        };
        EvaluationChannel: {
            /**
             * @description Whether short positions are possible; true when left out.
             * @example true
             */
            can_short?: boolean;
            /**
             * @description Maximum leverage; 50 when left out.
             * @example 40
             */
            max_leverage?: number;
            /**
             * @description Fee of a market order, as a fraction of its notional; 0 when left out.
             * @example 0.00045
             */
            taker_fee_rate?: number;
            /**
             * @description Basis points by which a market order fills worse than the price; 0 when left out.
             * @example 5
             */
            slippage_bps?: number;
            /**
             * @description Fraction of the notional below which a position is liquidated. Null: nothing is liquidated. Left out: half the margin at the highest leverage, and null without leverage.
             * @example 0.0125
             */
            maintenance_margin_rate?: number | null;
        };
        EvaluationPortfolio: {
            /**
             * @description Quote currency, 0 or more; 10000 when left out.
             * @example 7000
             */
            cash?: string | number;
            /**
             * @description Base units, 0 or more; 0 when left out.
             * @example 0.046153846153846153
             */
            quantity?: string | number;
            /**
             * @description Quote currency, 0 or more; cash + quantity * price when left out.
             * @example 10000
             */
            total_value?: string | number;
            /**
             * @description Side of what is held; long when left out and the quantity is above 0.
             * @example long
             * @enum {string|null}
             */
            position_side?: "long" | "short" | null;
            /**
             * @description Minutes since the last fill; no fill yet when null or left out.
             * @example 90
             */
            minutes_since_last_trade?: number | null;
        };
        EvaluationState: {
            /**
             * @description 0 when left out.
             * @example 0
             */
            consecutive_bullish_count?: number;
            /**
             * @description 0 when left out.
             * @example 0
             */
            consecutive_bearish_count?: number;
        };
        EvaluateBody: {
            /**
             * @description Business agent -> its analysis. The agents are the decision agent's own; one left out has no output.
             * @example {
             *       "macro": {
             *         "score": 45
             *       },
             *       "onchain": {
             *         "score": 60
             *       },
             *       "ta": {
             *         "score": -20
             *       }
             *     }
             */
            analyses: {
                [key: string]: components["schemas"]["EvaluationAnalysis"];
            };
            /** @description Market values. */
            market: components["schemas"]["EvaluationMarket"];
            /**
             * @description Merged over the decision agent's default params, key by key.
             * @example {
             *       "buy_threshold": 55
             *     }
             */
            params?: {
                [key: string]: unknown;
            };
            /** @description Capabilities of the channel. */
            channel?: components["schemas"]["EvaluationChannel"];
            /** @description The portfolio before the decision. */
            portfolio?: components["schemas"]["EvaluationPortfolio"];
            /** @description The counters before the decision. */
            state?: components["schemas"]["EvaluationState"];
        };
        EntryView: {
            /**
             * @description A BUY opens a long, a SELL a short.
             * @example long
             * @enum {string}
             */
            side: "long" | "short";
            /**
             * @description Base units, before the steps of the venue.
             * @example 0.123
             */
            quantity: string;
            /**
             * @description Notional / margin; 1 where the channel has none.
             * @example 3
             */
            leverage: string;
            /**
             * @description Stop loss price.
             * @example 63000
             */
            stop_loss: string;
            /**
             * @description Take profit price; null: none.
             * @example 69000
             */
            take_profit: string | null;
            /**
             * @description One R: distance of entry and stop, by which the stop trails.
             * @example 2000
             */
            stop_distance: string;
            /**
             * @description Hours after which a time stop closes the position.
             * @example 24
             */
            hold_hours: number;
        };
        InstanceStateView: {
            /**
             * @description Bullish decisions in a row.
             * @example 0
             */
            consecutive_bullish_count: number;
            /**
             * @description Bearish decisions in a row.
             * @example 0
             */
            consecutive_bearish_count: number;
        };
        DecisionView: {
            /**
             * @description 0..100, 50 neutral; null when no decision could be taken.
             * @example 69
             */
            conviction_score: number | null;
            /**
             * @description Sum of score * weight.
             * @example 38
             */
            weighted_score: number | null;
            /**
             * @description Product of the market's risk factors.
             * @example 1
             */
            risk_factor: number | null;
            /**
             * @description Business agent -> score * weight.
             * @example {
             *       "macro": 18,
             *       "onchain": 24,
             *       "ta": -4
             *     }
             */
            contributions: {
                [key: string]: number;
            };
            /**
             * @description Signal.
             * @example BUY
             * @enum {string}
             */
            signal: "BUY" | "SELL" | "HOLD";
            /**
             * @description 0 or more; 1 is full strength.
             * @example 0.28
             */
            signal_strength: number;
            /**
             * @description BUY: fraction of total value. SELL: fraction of the holding. HOLD: 0. With an entry: its margin.
             * @example 0.00284
             */
            position_size: number;
            /**
             * @description The position to open; null for an agent that decides a fraction alone.
             * @example null
             */
            entry: components["schemas"]["EntryView"] | null;
            /**
             * @description Risk of the market and of the conviction.
             * @example LOW
             * @enum {string}
             */
            risk_level: "LOW" | "MEDIUM" | "HIGH";
            /**
             * @description Whether the signal would be carried out.
             * @example true
             */
            should_execute: boolean;
            /**
             * @description Every rule that fired, with its numbers.
             * @example [
             *       {
             *         "code": "buy_signal",
             *         "conviction": 69,
             *         "threshold": 55,
             *         "strength": 0.28,
             *         "size": 0.00284
             *       }
             *     ]
             */
            reasons: ({
                /**
                 * @description Stable, snake_case.
                 * @example buy_signal
                 */
                code: string;
            } & {
                [key: string]: unknown;
            })[];
            /**
             * @description Conviction points missing to a BUY, 0 when reached.
             * @example 0
             */
            distance_to_buy: number | null;
            /**
             * @description Conviction points above the first SELL, 0 when reached.
             * @example 19
             */
            distance_to_sell: number | null;
            /** @description The counters after the decision. */
            next_state: components["schemas"]["InstanceStateView"];
        };
        CandleView: {
            /**
             * Format: date-time
             * @description Opening time.
             * @example 2026-01-31T12:00:00.000Z
             */
            opened_at: string;
            /**
             * @description First price.
             * @example 65000
             */
            open: string;
            /**
             * @description Highest price.
             * @example 65210.5
             */
            high: string;
            /**
             * @description Lowest price.
             * @example 64890.1
             */
            low: string;
            /**
             * @description Last price.
             * @example 65100
             */
            close: string;
            /**
             * @description Volume in the base asset.
             * @example 12.5
             */
            volume: string;
        };
        CandlesView: {
            /**
             * @description Where the prices come from.
             * @enum {string}
             */
            market: "simulated" | "replay" | "live";
            /** @description Oldest first, without candles that the source lacks. */
            items: components["schemas"]["CandleView"][];
        };
        DecisionChannelView: {
            /**
             * @description Whether short positions are possible.
             * @example false
             */
            can_short: boolean;
            /**
             * @description Maximum leverage; 1 on spot.
             * @example 1
             */
            max_leverage: number;
            /**
             * @description Fee of a market order, as a fraction of its notional.
             * @example 0.001
             */
            taker_fee_rate: number;
            /**
             * @description Basis points by which a paper market order fills worse than the price.
             * @example 5
             */
            slippage_bps: number;
            /**
             * @description Fraction of the notional below which a position is liquidated; null on spot.
             * @example null
             */
            maintenance_margin_rate: number | null;
        };
        DefinitionView: {
            /**
             * @description Id.
             * @example 1
             */
            id: number;
            /**
             * @description Unique name.
             * @example multi_agent_btc_v1
             */
            name: string;
            /**
             * @description Display name.
             * @example Multi-agent BTC
             */
            display_name: string;
            /**
             * @description Description.
             * @example Three analysts, one conviction.
             */
            description: string;
            /**
             * @description Module of the decision agent.
             * @example domain/decision/multi-agent-conviction/multi-agent-conviction-decision
             */
            decision_agent_module: string;
            /**
             * @description Name of the decision agent.
             * @example MultiAgentConvictionDecision
             */
            decision_agent_class: string;
            /**
             * @description Business agents.
             * @example [
             *       "macro",
             *       "onchain",
             *       "ta"
             *     ]
             */
            business_agents: string[];
            /**
             * @description Where it trades.
             * @example binance_spot
             */
            trade_channel: string;
            /**
             * @description Base asset it trades.
             * @example BTC
             */
            trade_symbol: string;
            /**
             * @description Quote currency; null: the channel no longer exists.
             * @example USDT
             */
            quote_asset: string | null;
            /** @description What the channel allows for this asset, as a what-if takes it; null: it no longer trades the asset. */
            channel: components["schemas"]["DecisionChannelView"] | null;
            /**
             * @description Minutes between two runs.
             * @example 60
             */
            rebalance_period_minutes: number;
            /**
             * @description Initial params of new strategies.
             * @example {
             *       "agent_weights": {
             *         "macro": 0.4,
             *         "onchain": 0.4,
             *         "ta": 0.2
             *       },
             *       "buy_threshold": 55,
             *       "partial_sell_threshold": 50,
             *       "full_sell_threshold": 45,
             *       "fg_circuit_breaker_threshold": 20,
             *       "fg_position_adjust_threshold": 30,
             *       "circuit_breaker_blocks_exits": true,
             *       "consecutive_signal_threshold": 30,
             *       "acceleration_multiplier_min": 1.1,
             *       "acceleration_multiplier_max": 2,
             *       "max_position_size": 0.01
             *     }
             */
            default_params: {
                [key: string]: unknown;
            };
            /**
             * @description Pointers of stored params that the decision agent no longer has; they are ignored.
             * @example []
             */
            ignored_params: string[];
            /**
             * @description Whether it runs.
             * @example true
             */
            is_active: boolean;
            /**
             * Format: date-time
             * @description Next run; null while it is switched off, and for a moment after its period has changed.
             * @example 2026-01-01T13:00:00.000Z
             */
            next_run_at: string | null;
            /**
             * @description Counts changes; also in the ETag.
             * @example 1
             */
            version: number;
            /**
             * Format: date-time
             * @description Created at.
             * @example 2026-01-01T12:00:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description Last changed at.
             * @example 2026-01-01T12:00:00.000Z
             */
            updated_at: string;
        };
        CreateDefinitionBody: {
            /**
             * @description Unique; a-z, 0-9 and _.
             * @example careful_eth_v1
             */
            name: string;
            /**
             * @description Display name.
             * @example Careful ETH
             */
            display_name: string;
            /**
             * @description Description.
             * @example Three analysts, one conviction.
             */
            description?: string;
            /**
             * @description Module of the decision agent.
             * @example domain/decision/multi-agent-conviction/multi-agent-conviction-decision
             */
            decision_agent_module: string;
            /**
             * @description Name of the decision agent.
             * @example MultiAgentConvictionDecision
             */
            decision_agent_class: string;
            /**
             * @description Business agents, each once.
             * @example [
             *       "macro",
             *       "onchain",
             *       "ta"
             *     ]
             */
            business_agents: string[];
            /**
             * @description Where it trades.
             * @example binance_spot
             */
            trade_channel: string;
            /**
             * @description Base asset it trades.
             * @example ETH
             */
            trade_symbol: string;
            /**
             * @description Minutes between two runs.
             * @example 60
             */
            rebalance_period_minutes: number;
            /**
             * @description Complete params of the decision agent; its own defaults when left out.
             * @example {
             *       "agent_weights": {
             *         "macro": 0.4,
             *         "onchain": 0.4,
             *         "ta": 0.2
             *       },
             *       "buy_threshold": 55,
             *       "partial_sell_threshold": 50,
             *       "full_sell_threshold": 45,
             *       "fg_circuit_breaker_threshold": 20,
             *       "fg_position_adjust_threshold": 30,
             *       "circuit_breaker_blocks_exits": true,
             *       "consecutive_signal_threshold": 30,
             *       "acceleration_multiplier_min": 1.1,
             *       "acceleration_multiplier_max": 2,
             *       "max_position_size": 0.01
             *     }
             */
            default_params?: {
                [key: string]: unknown;
            };
            /**
             * @description Whether it runs; true when left out.
             * @example true
             */
            is_active?: boolean;
        };
        UpdateDefinitionBody: {
            /**
             * @description Display name.
             * @example Multi-agent ETH
             */
            display_name?: string;
            /**
             * @description Description.
             * @example Three analysts, one conviction.
             */
            description?: string;
            /**
             * @description Merged key by key; complete when business_agents change too. Strategies keep the params they have.
             * @example {
             *       "buy_threshold": 60
             *     }
             */
            default_params?: {
                [key: string]: unknown;
            };
            /**
             * @description Minutes between two runs; takes effect from the next tick.
             * @example 30
             */
            rebalance_period_minutes?: number;
            /**
             * @description Can change only while all strategies of the definition are archived.
             * @example [
             *       "macro",
             *       "onchain",
             *       "ta"
             *     ]
             */
            business_agents?: string[];
            /**
             * @description Whether it runs.
             * @example true
             */
            is_active?: boolean;
        };
        DefinitionSummary: {
            /**
             * @description Id.
             * @example 1
             */
            id: number;
            /**
             * @description Unique name.
             * @example multi_agent_btc_v1
             */
            name: string;
            /**
             * @description Display name.
             * @example Multi-agent BTC
             */
            display_name: string;
            /**
             * @description Where it trades.
             * @example binance_spot
             */
            trade_channel: string;
            /**
             * @description Base asset it trades.
             * @example BTC
             */
            trade_symbol: string;
            /**
             * @description Quote currency; null: the channel no longer exists.
             * @example USDT
             */
            quote_asset: string | null;
            /**
             * @description Whether it runs; while it does not, none of its strategies decides.
             * @example true
             */
            is_active: boolean;
        };
        OwnerSummary: {
            /**
             * Format: uuid
             * @description Id.
             * @example 0199b2b4-5a3c-4f6e-9d57-0a4b6a1d1f10
             */
            id: string;
            /**
             * @description Name.
             * @example Ada Lovelace
             */
            full_name: string | null;
        };
        PositionView: {
            /**
             * @description Base asset.
             * @example BTC
             */
            symbol: string;
            /**
             * @description Side.
             * @example long
             * @enum {string}
             */
            side: "long" | "short";
            /**
             * @description Base units.
             * @example 0.02
             */
            quantity?: string;
            /**
             * @description Quote per base unit: on spot with the fees of buying, of a perpetual without fees.
             * @example 105105
             */
            average_entry_price?: string;
            /**
             * @description Cost of the quantity, or margin of a perpetual, including the fees of opening.
             * @example 2102.1
             */
            cost_basis?: string;
            /**
             * @description Price at which the strategy was last valued.
             * @example 110000
             */
            current_price: string | null;
            /**
             * Format: date-time
             * @description When that price was observed.
             * @example 2026-01-01T12:00:00.000Z
             */
            current_price_at: string | null;
            /**
             * @description Quantity times current price; of a perpetual its margin plus profit.
             * @example 2200
             */
            market_value?: string | null;
            /**
             * @description Unrealized profit or loss.
             * @example 97.9
             */
            unrealized_pnl?: string | null;
            /**
             * @description Notional / margin of all that was opened; 1 on spot.
             * @example 1
             */
            leverage?: string;
            /**
             * @description Margin in use; 0 on spot.
             * @example 0
             */
            margin?: string;
            /**
             * @description Liquidation price of a perpetual; null: none.
             * @example null
             */
            liquidation_price?: string | null;
            /**
             * @description Stop loss.
             * @example null
             */
            stop_loss?: string | null;
            /**
             * @description Take profit.
             * @example null
             */
            take_profit?: string | null;
            /**
             * Format: date-time
             * @description When the time stop closes it; null: never.
             * @example null
             */
            expires_at?: string | null;
            /**
             * Format: date-time
             * @description Opened at.
             * @example 2026-01-01T12:00:00.000Z
             */
            opened_at: string;
        };
        WarningView: {
            /**
             * @description Stable snake_case code.
             * @example smallest_order_below_min_notional
             */
            code: string;
            /**
             * @description The warning in words.
             * @example The smallest order of this strategy is 0.2 USDT, the channel takes none below 5 USDT.
             */
            message: string;
            /**
             * @description Value of the smallest order, in quote currency.
             * @example 0.2
             */
            smallest_order: string;
            /**
             * @description Smallest order that the channel takes.
             * @example 5
             */
            minimum_notional: string;
            /**
             * @description Quote currency.
             * @example USDT
             */
            asset: string;
        };
        MarketDataView: {
            /**
             * @description Source of all values of that run.
             * @example simulated
             * @enum {string}
             */
            market: "simulated" | "replay" | "live";
            /**
             * @description Base asset.
             * @example BTC
             */
            symbol: string;
            /**
             * @description Price in quote currency.
             * @example 65000
             */
            price: string;
            /**
             * @description Source of the price.
             * @example simulated
             */
            source: string;
            /**
             * Format: date-time
             * @description When the price became known.
             * @example 2026-01-01T12:00:00.000Z
             */
            observed_at: string;
        };
        RunFailureView: {
            /**
             * @description Why the last run failed.
             * @example market_data_unavailable
             */
            code: string;
            /**
             * @description The same in words.
             * @example There is no price of BTC.
             */
            message: string;
            /**
             * Format: date-time
             * @description Time of the first run that failed; none has succeeded since.
             * @example 2026-01-01T12:00:00.000Z
             */
            since: string;
        };
        InstanceView: {
            /**
             * Format: uuid
             * @description Id.
             * @example 0199b2b4-5a3c-7f6e-9d57-0a4b6a1d1f10
             */
            id: string;
            /**
             * @description Definition it was created from.
             * @example 1
             */
            strategy_definition_id: number;
            /** @description The definition in short. */
            definition: components["schemas"]["DefinitionSummary"];
            /** @description Owner. */
            user: components["schemas"]["OwnerSummary"];
            /**
             * @description Name. A default name that was made without a full name holds a part of the email: others than owner and admins see it without.
             * @example Multi-agent BTC - Ada Lovelace - #1
             */
            instance_name: string;
            /**
             * @description Description, empty when there is none.
             * @example
             */
            instance_description: string;
            /**
             * @description Complete params; for traders and admins.
             * @example {
             *       "agent_weights": {
             *         "macro": 0.5,
             *         "onchain": 0.3,
             *         "ta": 0.2
             *       },
             *       "buy_threshold": 55
             *     }
             */
            instance_params?: {
                [key: string]: unknown;
            };
            /**
             * @description Pointers of stored params that the decision agent no longer has; they are ignored. For traders and administrators.
             * @example []
             */
            ignored_params?: string[];
            /**
             * @description Version of the params; for traders and admins.
             * @example 1
             */
            params_version?: number;
            /**
             * @description Trading mode.
             * @example paper
             * @enum {string}
             */
            trading_mode: "paper" | "live";
            /**
             * @description Whether it runs.
             * @example true
             */
            is_active: boolean;
            /**
             * Format: date-time
             * @description When it was archived; null for one that is not.
             * @example null
             */
            archived_at: string | null;
            /**
             * @description Deposit, in quote currency.
             * @example 10000
             */
            initial_balance: string;
            /**
             * @description Free cash; for traders and admins.
             * @example 7897.9
             */
            current_balance?: string;
            /**
             * @description Cash and positions at their last value.
             * @example 10097.9
             */
            total_value: string;
            /**
             * @description Total value minus deposit.
             * @example 97.9
             */
            total_pnl: string;
            /**
             * @description The same in percent of the deposit.
             * @example 0.979
             */
            total_pnl_percent: number;
            /**
             * @description Compounded return of a year, 0.1 is 10 %.
             * @example null
             */
            annualized_return: number | null;
            /**
             * @description Why the value is null.
             * @example needs_30_days
             */
            annualized_return_reason: string | null;
            /**
             * @description Fills.
             * @example 2
             */
            total_trades: number;
            /**
             * @description Closes with a profit; each fill that closed a part of a position counts by itself.
             * @example 1
             */
            winning_trades: number;
            /**
             * @description Closes without one.
             * @example 1
             */
            losing_trades: number;
            /**
             * @description Winning closes / closes, 0..1; that of positions is in the performance.
             * @example 0.5
             */
            win_rate: number | null;
            /**
             * @description Maximum drawdown from a peak, 0..1.
             * @example 0.12
             */
            max_drawdown: number;
            /**
             * @description Sharpe ratio of a year.
             * @example null
             */
            sharpe_ratio: number | null;
            /**
             * @description Why the value is null.
             * @example needs_30_days
             */
            sharpe_ratio_reason: string | null;
            /** @description Open positions. */
            positions: components["schemas"]["PositionView"][];
            /**
             * @description Conviction of the last run, 0..100.
             * @example 61.5
             */
            last_conviction_score: number | null;
            /**
             * @description Signal of the last run.
             * @example BUY
             */
            last_signal: string | null;
            /**
             * Format: date-time
             * @description Last run.
             * @example 2026-01-01T12:00:00.000Z
             */
            last_execution_time: string | null;
            /**
             * Format: date-time
             * @description Next run; null while it or its definition is stopped.
             * @example 2026-01-01T12:00:00.000Z
             */
            next_execution_time: string | null;
            /** @description Warnings for the owner; for traders and administrators. */
            warnings: components["schemas"]["WarningView"][];
            /** @description The market of the last run; null before the first. */
            market_data: components["schemas"]["MarketDataView"] | null;
            /** @description Why and since when runs of its definition fail, so that it does not decide; null: the last run succeeded. */
            run_failure: components["schemas"]["RunFailureView"] | null;
            /**
             * @description Counts changes that people make; also in the ETag.
             * @example 1
             */
            version: number;
            /**
             * Format: date-time
             * @description Created at.
             * @example 2026-01-01T12:00:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description Last changed by a user at.
             * @example 2026-01-01T12:00:00.000Z
             */
            updated_at: string;
        };
        CreateInstanceBody: {
            /**
             * @description Definition to create it from.
             * @example 1
             */
            strategy_definition_id: number;
            /**
             * @description Left out: `{definition} - {your full name, else the part of your email before @} - #{n}`; others see no part of your email. Names need not be unique.
             * @example Careful BTC
             */
            instance_name?: string;
            /**
             * @description Description, visible to other users.
             * @example Sells early.
             */
            instance_description?: string;
            /**
             * @description Deposit in quote currency: a decimal string or a number, above 0, at most 8 decimal places.
             * @example 10000
             */
            initial_balance: string | number;
            /**
             * @description Only `paper` until live channels exist; `paper` when left out.
             * @example paper
             * @enum {string}
             */
            trading_mode?: "paper" | "live";
            /**
             * @description Merged over the default params of the definition, key by key.
             * @example {
             *       "agent_weights": {
             *         "macro": 0.5,
             *         "onchain": 0.3,
             *         "ta": 0.2
             *       },
             *       "buy_threshold": 55
             *     }
             */
            instance_params?: {
                [key: string]: unknown;
            };
        };
        UpdateInstanceBody: {
            /**
             * @description Name.
             * @example Careful BTC
             */
            instance_name?: string;
            /**
             * @description Description, visible to other users.
             * @example Sells early.
             */
            instance_description?: string;
            /**
             * @description Merged over the current params, key by key; take effect from the next run.
             * @example {
             *       "buy_threshold": 60
             *     }
             */
            instance_params?: {
                [key: string]: unknown;
            };
            /**
             * @description false pauses it, true starts it again.
             * @example true
             */
            is_active?: boolean;
        };
        ErrorView: {
            /**
             * @description Stable snake_case code.
             * @example invalid_params
             */
            code: string;
            /**
             * @description What went wrong.
             * @example The params do not fit the decision agent any more.
             */
            message: string;
        };
        ExecutionView: {
            /**
             * Format: uuid
             * @description Id.
             * @example 0199b2b4-5a3c-7f6e-9d57-0a4b6a1d1f10
             */
            id: string;
            /**
             * Format: uuid
             * @description Run that it belongs to.
             * @example 0199b2b4-5a3c-7f6e-9d57-0a4b6a1d1f11
             */
            run_id: string;
            /**
             * @description Outcome.
             * @example completed
             * @enum {string}
             */
            status: "completed" | "failed" | "skipped";
            /**
             * @description 0..100, 50 is neutral; null when nothing was decided.
             * @example 61.5
             */
            conviction_score: number | null;
            /**
             * @description BUY, SELL or HOLD.
             * @example BUY
             */
            signal: string | null;
            /**
             * @description LOW, MEDIUM or HIGH.
             * @example LOW
             */
            risk_level: string | null;
            /**
             * @description Whether the signal was to be carried out.
             * @example true
             */
            should_execute: boolean;
            /**
             * @description Every rule that fired, with its numbers for traders and admins, else by its code alone.
             * @example [
             *       {
             *         "code": "buy_signal",
             *         "conviction": 61.5,
             *         "buy_threshold": 55
             *       }
             *     ]
             */
            reasons: ({
                code: string;
            } & {
                [key: string]: unknown;
            })[];
            /**
             * @description 0..1.
             * @example 0.13
             */
            signal_strength?: number | null;
            /**
             * @description BUY: fraction of the total value; SELL: of the holding.
             * @example 0.00239
             */
            position_size?: number | null;
            /**
             * @description Conviction points missing to a BUY.
             * @example 0
             */
            distance_to_buy?: number | null;
            /**
             * @description Conviction points above the first SELL.
             * @example 11.5
             */
            distance_to_sell?: number | null;
            /**
             * @description Version of the params that were used.
             * @example 1
             */
            params_version?: number;
            /**
             * @description Why it failed; null unless it failed.
             * @example null
             */
            error: components["schemas"]["ErrorView"] | null;
            /**
             * Format: date-time
             * @description Time of the decision.
             * @example 2026-01-01T12:00:00.000Z
             */
            executed_at: string;
        };
        AnalysisView: {
            /**
             * @description Business agent.
             * @example macro
             */
            agent_name: string;
            /**
             * @description Outcome.
             * @example success
             * @enum {string}
             */
            status: "success" | "unavailable" | "failed" | "timeout";
            /**
             * @description -100 (bearish) to 100 (bullish); null unless status is success.
             * @example 45
             */
            score: number | null;
            /**
             * @description BULLISH, BEARISH or NEUTRAL.
             * @example BULLISH
             */
            signal: string | null;
            /**
             * @description 0..1: share of the factors with data.
             * @example 0.9
             */
            confidence: number | null;
            /**
             * @description Reasoning in words.
             * @example The mood rises.
             */
            reasoning: string | null;
            /**
             * @description Factors with value, source, observed_at, weight and contribution; and those that were absent, with why. With mode llm also what the rules said, what was answered and which limits took effect.
             * @example {
             *       "factors": [
             *         {
             *           "name": "fear_greed",
             *           "value": 62,
             *           "weight": 0.25,
             *           "contribution": 0.06
             *         }
             *       ],
             *       "absent": []
             *     }
             */
            details: {
                [key: string]: unknown;
            };
            /**
             * @description Who judged: the rules, or a language model that reviewed them.
             * @example rules
             * @enum {string}
             */
            mode: "rules" | "llm";
            /**
             * @description A language model should have reviewed it and did not deliver. This is the result of the rules; see error.
             * @example false
             */
            degraded: boolean;
            /**
             * @description Why there is no analysis, or why it is degraded (llm_...).
             * @example null
             */
            error: components["schemas"]["ErrorView"] | null;
            /**
             * @description Milliseconds it took.
             * @example 3
             */
            duration_ms: number;
        };
        TradeView: {
            /**
             * Format: uuid
             * @description Id.
             * @example 0199b2b4-5a3c-7f6e-9d57-0a4b6a1d1f10
             */
            id: string;
            /**
             * Format: uuid
             * @description Order that it fills.
             * @example 0199b2b4-5a3c-7f6e-9d57-0a4b6a1d1f10
             */
            order_id: string;
            /**
             * Format: uuid
             * @description Decision that caused it.
             * @example 0199b2b4-5a3c-7f6e-9d57-0a4b6a1d1f10
             */
            execution_id: string | null;
            /**
             * @description Base asset.
             * @example BTC
             */
            symbol: string;
            /**
             * @description Side.
             * @example BUY
             * @enum {string}
             */
            trade_type: "BUY" | "SELL";
            /**
             * @description Base units.
             * @example 0.01
             */
            quantity?: string;
            /**
             * @description Quote per base unit; for users two significant figures of it where a stop or a target closed the position.
             * @example 100000
             */
            price: string;
            /**
             * @description Quantity times price.
             * @example 1000
             */
            notional?: string;
            /**
             * @description Fee.
             * @example 1
             */
            fee?: string;
            /**
             * @description Asset of the fee.
             * @example USDT
             */
            fee_asset: string;
            /**
             * @description Realized profit or loss.
             * @example null
             */
            realized_pnl?: string | null;
            /**
             * @description Cash before.
             * @example 10000
             */
            balance_before?: string;
            /**
             * @description Cash after.
             * @example 8999
             */
            balance_after?: string;
            /**
             * @description Holding before.
             * @example 0
             */
            holding_before?: string;
            /**
             * @description Holding after.
             * @example 0.01
             */
            holding_after?: string;
            /**
             * @description Reason.
             * @example buy_signal
             */
            reason: string;
            /**
             * Format: date-time
             * @description Filled at.
             * @example 2026-01-01T12:00:00.000Z
             */
            executed_at: string;
        };
        OrderView: {
            /**
             * Format: uuid
             * @description Id.
             * @example 0199b2b4-5a3c-7f6e-9d57-0a4b6a1d1f10
             */
            id: string;
            /**
             * @description Id of the order at the venue.
             * @example 0199b2b4-5a3c-7f6e-9d57-0a4b6a1d1f10
             */
            client_order_id: string;
            /**
             * @description Trade channel.
             * @example binance_spot
             */
            channel: string;
            /**
             * @description Trading mode.
             * @example paper
             * @enum {string}
             */
            mode: "paper" | "live";
            /**
             * @description Base asset.
             * @example BTC
             */
            symbol: string;
            /**
             * @description Side.
             * @example BUY
             * @enum {string}
             */
            side: "BUY" | "SELL";
            /**
             * @description Type.
             * @example market
             */
            type: string;
            /**
             * @description Ordered base units.
             * @example 0.01
             */
            quantity?: string;
            /**
             * @description Limit; null for a market order.
             * @example null
             */
            price: string | null;
            /**
             * @description Status.
             * @example filled
             */
            status: string;
            /**
             * @description Base units filled.
             * @example 0.01
             */
            filled_quantity?: string;
            /**
             * @description Average price of the fills; for users as the price of a fill.
             * @example 100000
             */
            average_price: string | null;
            /**
             * @description Error of the venue.
             * @example null
             */
            error: {
                [key: string]: unknown;
            } | null;
            /**
             * Format: date-time
             * @description Created at.
             * @example 2026-01-01T12:00:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description Last changed at.
             * @example 2026-01-01T12:00:00.000Z
             */
            updated_at: string;
            /** @description Fills. */
            fills: components["schemas"]["TradeView"][];
        };
        ExecutionDetailView: {
            /**
             * Format: uuid
             * @description Id.
             * @example 0199b2b4-5a3c-7f6e-9d57-0a4b6a1d1f10
             */
            id: string;
            /**
             * Format: uuid
             * @description Run that it belongs to.
             * @example 0199b2b4-5a3c-7f6e-9d57-0a4b6a1d1f11
             */
            run_id: string;
            /**
             * @description Outcome.
             * @example completed
             * @enum {string}
             */
            status: "completed" | "failed" | "skipped";
            /**
             * @description 0..100, 50 is neutral; null when nothing was decided.
             * @example 61.5
             */
            conviction_score: number | null;
            /**
             * @description BUY, SELL or HOLD.
             * @example BUY
             */
            signal: string | null;
            /**
             * @description LOW, MEDIUM or HIGH.
             * @example LOW
             */
            risk_level: string | null;
            /**
             * @description Whether the signal was to be carried out.
             * @example true
             */
            should_execute: boolean;
            /**
             * @description Every rule that fired, with its numbers for traders and admins, else by its code alone.
             * @example [
             *       {
             *         "code": "buy_signal",
             *         "conviction": 61.5,
             *         "buy_threshold": 55
             *       }
             *     ]
             */
            reasons: ({
                code: string;
            } & {
                [key: string]: unknown;
            })[];
            /**
             * @description 0..1.
             * @example 0.13
             */
            signal_strength?: number | null;
            /**
             * @description BUY: fraction of the total value; SELL: of the holding.
             * @example 0.00239
             */
            position_size?: number | null;
            /**
             * @description Conviction points missing to a BUY.
             * @example 0
             */
            distance_to_buy?: number | null;
            /**
             * @description Conviction points above the first SELL.
             * @example 11.5
             */
            distance_to_sell?: number | null;
            /**
             * @description Version of the params that were used.
             * @example 1
             */
            params_version?: number;
            /**
             * @description Why it failed; null unless it failed.
             * @example null
             */
            error: components["schemas"]["ErrorView"] | null;
            /**
             * Format: date-time
             * @description Time of the decision.
             * @example 2026-01-01T12:00:00.000Z
             */
            executed_at: string;
            /**
             * Format: date-time
             * @description Scheduled time of the run.
             * @example 2026-01-01T12:00:00.000Z
             */
            scheduled_for: string;
            /**
             * @description Params that were used.
             * @example {
             *       "buy_threshold": 55
             *     }
             */
            params?: {
                [key: string]: unknown;
            } | null;
            /**
             * @description Counters and portfolio before the decision.
             * @example {
             *       "consecutive_bullish_count": 0
             *     }
             */
            state_before?: {
                [key: string]: unknown;
            };
            /**
             * @description Microseconds the decision took.
             * @example 80
             */
            duration_us: number;
            /**
             * @description Market values of the run.
             * @example {
             *       "market": "simulated",
             *       "symbol": "BTC"
             *     }
             */
            market_snapshot: {
                [key: string]: unknown;
            } | null;
            /** @description Analyses of the business agents. */
            analyses: components["schemas"]["AnalysisView"][];
            /** @description The resulting order with its fills. */
            order: components["schemas"]["OrderView"] | null;
        };
        PositionExitView: {
            /**
             * Format: uuid
             * @description Id.
             * @example 0199b2b4-5a3c-7f6e-9d57-0a4b6a1d1f10
             */
            id: string;
            /**
             * @description Base asset.
             * @example BTC
             */
            symbol: string;
            /**
             * @description Side of the position.
             * @example long
             * @enum {string}
             */
            side: "long" | "short";
            /**
             * @description What closed the position; also the reason of the trade.
             * @example stop_loss
             * @enum {string}
             */
            kind: "liquidation" | "stop_loss" | "trailing_stop" | "take_profit" | "time_stop";
            /**
             * @description Price of the stop, target or liquidation; of a time stop the price.
             * @example 98000
             */
            level?: string;
            /**
             * @description Market price at the close, before slippage.
             * @example 97950
             */
            market_price?: string;
            /**
             * @description Price of the fill; for users two significant figures of it.
             * @example 97901
             */
            price: string;
            /**
             * @description Base units.
             * @example 0.1
             */
            quantity?: string;
            /**
             * @description Fee.
             * @example 4.4
             */
            fee?: string;
            /**
             * @description Asset of the fee.
             * @example USDC
             */
            fee_asset: string;
            /**
             * @description Profit or loss.
             * @example -214.3
             */
            realized_pnl?: string | null;
            /**
             * Format: uuid
             * @description Order that closed it.
             * @example 0199b2b4-5a3c-7f6e-9d57-0a4b6a1d1f10
             */
            order_id: string;
            /**
             * Format: date-time
             * @description Opening of the candle, or time of the price, that closed it.
             * @example 2026-01-01T12:00:00.000Z
             */
            observed_from: string;
            /**
             * Format: date-time
             * @description Close of that candle; of a price the same moment.
             * @example 2026-01-01T12:00:00.000Z
             */
            observed_until: string;
            /**
             * Format: date-time
             * @description When the position was opened.
             * @example 2026-01-01T12:00:00.000Z
             */
            opened_at: string;
            /**
             * Format: date-time
             * @description When it was closed.
             * @example 2026-01-01T12:00:00.000Z
             */
            executed_at: string;
        };
        SnapshotView: {
            /**
             * Format: date-time
             * @description Taken at.
             * @example 2026-01-01T12:00:00.000Z
             */
            taken_at: string;
            /**
             * @description Cash and positions.
             * @example 10097.9
             */
            total_value: string;
            /**
             * @description Cash.
             * @example 7897.9
             */
            cash?: string;
            /**
             * @description Positions.
             * @example 2200
             */
            positions_value?: string;
            /**
             * @description Price of the valuation; null for the deposit.
             * @example 110000
             */
            price: string | null;
        };
        ParamsVersionView: {
            /**
             * @description Version; executions refer to it.
             * @example 1
             */
            params_version: number;
            /**
             * @description Complete params.
             * @example {
             *       "buy_threshold": 55
             *     }
             */
            params: {
                [key: string]: unknown;
            };
            /** @description Who changed them; null: the system. */
            changed_by: components["schemas"]["OwnerSummary"] | null;
            /**
             * Format: date-time
             * @description Changed at.
             * @example 2026-01-01T12:00:00.000Z
             */
            changed_at: string;
        };
        LedgerEntryView: {
            /**
             * @description Id, ascending.
             * @example 42
             */
            id: string;
            /**
             * @description Asset.
             * @example USDT
             */
            asset: string;
            /**
             * @description Positive: added; negative: taken out.
             * @example 10000
             */
            amount: string;
            /**
             * @description Kind.
             * @example deposit
             * @enum {string}
             */
            kind: "deposit" | "withdrawal" | "trade" | "fee" | "funding" | "liquidation" | "adjustment";
            /**
             * Format: uuid
             * @description Trade that caused it.
             * @example null
             */
            trade_id: string | null;
            /**
             * Format: date-time
             * @description Booked at.
             * @example 2026-01-01T12:00:00.000Z
             */
            occurred_at: string;
        };
        StatisticView: {
            /**
             * @description A fraction or a plain ratio; null: not available.
             * @example 1.42
             */
            value: number | null;
            /**
             * @description Why there is none: `needs_30_days`, `needs_two_snapshots`, `no_closes`, `no_closed_positions`, `no_wins`, `no_losses`, `no_losing_days`, `no_drawdown`, `no_variation`, `no_values`, `nothing_left`, `no_price`, `out_of_range`.
             * @example null
             */
            reason: string | null;
        };
        MonthlyReturnView: {
            /**
             * @description The month.
             * @example 2026-01
             */
            month: string;
            /** @description Last value of the month / last value before it - 1; the first month begins with the deposit. */
            return: components["schemas"]["StatisticView"];
        };
        AmountView: {
            /**
             * @description Decimal text; null: not available.
             * @example 12.5
             */
            value: string | null;
            /**
             * @description Why there is none: `needs_30_days`, `needs_two_snapshots`, `no_closes`, `no_closed_positions`, `no_wins`, `no_losses`, `no_losing_days`, `no_drawdown`, `no_variation`, `no_values`, `nothing_left`, `no_price`, `out_of_range`.
             * @example null
             */
            reason: string | null;
        };
        PerformanceView: {
            /**
             * Format: date-time
             * @description When it was created.
             * @example 2026-01-01T12:00:00.000Z
             */
            from: string;
            /**
             * Format: date-time
             * @description Now, or when it was archived.
             * @example 2026-01-01T12:00:00.000Z
             */
            to: string;
            /**
             * Format: date-time
             * @description Start of the kept equity curve; null: from the beginning.
             * @example null
             */
            kept_from: string | null;
            /**
             * @description Maximum drawdown, as a fraction of the peak.
             * @example 0.12
             */
            max_drawdown: number;
            /** @description Yearly return, compounded; from 30 days on. */
            annualized_return: components["schemas"]["StatisticView"];
            /** @description Of daily returns, a year having 365 days; from 30 returns on. */
            sharpe_ratio: components["schemas"]["StatisticView"];
            /** @description The same with the losing days alone as the risk. */
            sortino_ratio: components["schemas"]["StatisticView"];
            /** @description Annualized return / maximum drawdown. */
            calmar_ratio: components["schemas"]["StatisticView"];
            /** @description Days of the longest time below a peak, by the values at the ends of days; it may still last. */
            longest_drawdown_days: components["schemas"]["StatisticView"];
            /** @description Returns by calendar month, oldest first. */
            monthly_returns: components["schemas"]["MonthlyReturnView"][];
            /**
             * @description Positions that were opened from nothing and went back to nothing, or turned to the other side.
             * @example 12
             */
            closed_positions: number;
            /** @description Closed positions with a profit / all closed positions, 0..1. */
            win_rate: components["schemas"]["StatisticView"];
            /** @description Gross profit / gross loss, over all closed positions. */
            profit_factor: components["schemas"]["StatisticView"];
            /** @description Win rate of closes: each fill that closed all or a part of a position counts by itself. */
            close_win_rate: components["schemas"]["StatisticView"];
            /** @description Gross profit / gross loss, over all closes. */
            close_profit_factor: components["schemas"]["StatisticView"];
            /** @description Return of buying everything at the first price and holding. */
            buy_and_hold: components["schemas"]["StatisticView"];
            /** @description Own return minus buy and hold. */
            excess_return: components["schemas"]["StatisticView"];
            /** @description Mean profit of a closed position. */
            expectancy?: components["schemas"]["AmountView"];
            /** @description Mean profit of a winning position. */
            average_win?: components["schemas"]["AmountView"];
            /** @description Mean result of a losing position, below 0. */
            average_loss?: components["schemas"]["AmountView"];
            /** @description Mean hours from opening to end of a closed position. */
            average_holding_hours?: components["schemas"]["StatisticView"];
            /** @description Share of the time with an open position, 0..1. */
            exposure?: components["schemas"]["StatisticView"];
            /** @description Traded notional / time-weighted average value, both over the kept equity curve. */
            turnover?: components["schemas"]["StatisticView"];
            /**
             * @description Sum of the notional of all fills.
             * @example 54000
             */
            traded_notional?: string;
            /**
             * @description Sum of the profit of all closes, fees and funding in it.
             * @example 1500
             */
            realized_pnl?: string;
            /**
             * @description Sum of all fees.
             * @example 27.5
             */
            fees_paid?: string;
            /**
             * @description Funding paid; negative: more was received. 0 on spot.
             * @example -3.2
             */
            funding_paid?: string;
            /**
             * @description Hours of perpetuals whose funding is owed: their price or rate is not known yet.
             * @example 0
             */
            funding_hours_owed?: number;
            /**
             * @description Hours of perpetuals whose funding was given up: it did not become known within 14 days.
             * @example 0
             */
            funding_hours_given_up?: number;
        };
        DifferenceView: {
            /**
             * @description Path to the field, with dots.
             * @example reasons.0.conviction
             */
            field: string;
            /**
             * @description What is stored; null where it is missing.
             * @example 61.5
             */
            stored: (string | number | boolean | {
                [key: string]: unknown;
            } | unknown[]) | null;
            /**
             * @description What was computed; null where it is missing.
             * @example 58.25
             */
            computed: (string | number | boolean | {
                [key: string]: unknown;
            } | unknown[]) | null;
        };
        DecidedBy: {
            /**
             * @description Decision agent.
             * @example MultiAgentConvictionDecision
             */
            name: string;
            /**
             * @description Its version now.
             * @example 1.0.0
             */
            version: string;
            /**
             * @description Its version in the run; null: not recorded. Another version may decide differently.
             * @example 1.0.0
             */
            version_then: string | null;
        };
        ReplayView: {
            /**
             * @description Whether every field equals the stored one.
             * @example true
             */
            identical: boolean;
            /**
             * @description The fields that differ.
             * @example []
             */
            differences: components["schemas"]["DifferenceView"][];
            /** @description The decision as computed now; null when it failed. */
            decision: components["schemas"]["DecisionView"] | null;
            /**
             * @description Why it failed now.
             * @example null
             */
            error: components["schemas"]["ErrorView"] | null;
            /** @description The decision agent. */
            decision_agent: components["schemas"]["DecidedBy"];
        };
        RunCountersView: {
            /**
             * @description Strategies processed.
             * @example 25
             */
            instances: number;
            /**
             * @description Strategies that traded.
             * @example 3
             */
            executed: number;
            /**
             * @description Strategies that decided not to trade, or could not.
             * @example 22
             */
            held: number;
            /**
             * @description Strategies that failed; each has an execution with the error.
             * @example 0
             */
            failed: number;
        };
        RunView: {
            /**
             * Format: uuid
             * @description Id.
             * @example 019a9c2e-7c00-7000-8000-000000000001
             */
            id: string;
            /**
             * @description Definition of the run.
             * @example 1
             */
            strategy_definition_id: number;
            /**
             * @description Version of the definition that the run was made from.
             * @example 1
             */
            definition_version: number;
            /**
             * Format: date-time
             * @description Scheduled time of the run.
             * @example 2026-01-15T12:00:00.000Z
             */
            scheduled_for: string;
            /**
             * @description Why the run was created.
             * @example schedule
             * @enum {string}
             */
            trigger: "schedule" | "manual";
            /**
             * @description degraded: finished, but an agent or its language model did not deliver, or a strategy failed. skipped: nothing ran at this time.
             * @example completed
             * @enum {string}
             */
            status: "queued" | "analysing" | "deciding" | "completed" | "degraded" | "failed" | "skipped";
            /**
             * @description Market values of the run: price, 24-hour change, fear and greed, dollar index, each with source and time.
             * @example {
             *       "market": "simulated",
             *       "symbol": "BTC",
             *       "price": {
             *         "value": "65000",
             *         "source": "simulated",
             *         "observed_at": "2026-01-15T12:00:00.000Z"
             *       }
             *     }
             */
            market_snapshot: {
                [key: string]: unknown;
            } | null;
            /** @description Strategies by outcome. */
            counters: components["schemas"]["RunCountersView"];
            /**
             * @description Why it failed.
             * @example null
             */
            error: components["schemas"]["ErrorView"] | null;
            /**
             * Format: date-time
             * @description When a worker started it; null before.
             * @example 2026-01-15T12:00:00.412Z
             */
            started_at: string | null;
            /**
             * Format: date-time
             * @description When it ended; null before.
             * @example 2026-01-15T12:00:00.655Z
             */
            finished_at: string | null;
            /** @description Analyses of its business agents; null when they are no longer kept. */
            analyses: components["schemas"]["AnalysisView"][] | null;
        };
        ConvictionView: {
            /**
             * Format: uuid
             * @description Id of the run.
             * @example 019a9c2e-7c00-7000-8000-000000000001
             */
            run_id: string;
            /**
             * Format: date-time
             * @description Scheduled time of the run.
             * @example 2026-01-15T12:00:00.000Z
             */
            scheduled_for: string;
            /**
             * @description 0..100, 50 is neutral; null: the run gives none.
             * @example 61.5
             */
            conviction_score: number | null;
            /**
             * @description BUY, SELL or HOLD; null as above.
             * @example BUY
             */
            signal: string | null;
            /**
             * @description Why there is none: `agent_unavailable` and other reasons of decisions, `no_market` where the run saw no market, `not_kept` where its analyses are not kept any more, or what is wrong with the definition.
             * @example null
             */
            reason: string | null;
        };
        StreamTicketView: {
            /**
             * @description Valid for one GET /stream.
             * @example rTzJx0y2mZkq1cX3v9aUe8bHn4Lw7QpSd5FgKi6Oj0M
             */
            ticket: string;
            /**
             * @description Seconds until it expires.
             * @example 30
             */
            expires_in: number;
        };
        TickEventView: {
            /**
             * @description Id of the definition.
             * @example 1
             */
            strategy_definition_id: number;
            /**
             * Format: uuid
             * @description Id of the run.
             * @example 0199b2b4-5a3c-7f6e-9d57-0a4b6a1d1f10
             */
            run_id: string;
            /**
             * Format: date-time
             * @description Scheduled time of the run.
             * @example 2026-01-31T12:00:00.000Z
             */
            scheduled_for: string;
        };
        RunEventView: {
            /**
             * @description Id of the definition.
             * @example 1
             */
            strategy_definition_id: number;
            /**
             * Format: uuid
             * @description Id of the run.
             * @example 0199b2b4-5a3c-7f6e-9d57-0a4b6a1d1f10
             */
            run_id: string;
            /**
             * Format: date-time
             * @description When it ended.
             * @example 2026-01-31T12:00:00.000Z
             */
            finished_at: string;
        };
        RecordedExecutionView: {
            /**
             * Format: uuid
             * @description Id of the execution.
             * @example 0199b2b4-77aa-7c11-9e55-0d1c2b3a4f5e
             */
            id: string;
            /**
             * Format: uuid
             * @description Id of the strategy.
             * @example 0199b2b4-1b2c-7d3e-8f90-a1b2c3d4e5f6
             */
            strategy_id: string;
        };
        ExecutionsEventView: {
            /**
             * @description Id of the definition.
             * @example 1
             */
            strategy_definition_id: number;
            /**
             * Format: uuid
             * @description Id of the run.
             * @example 0199b2b4-5a3c-7f6e-9d57-0a4b6a1d1f10
             */
            run_id: string;
            /** @description The recorded executions. */
            executions: components["schemas"]["RecordedExecutionView"][];
        };
        StrategyEventView: {
            /**
             * Format: uuid
             * @description Id of the strategy.
             * @example 0199b2b4-1b2c-7d3e-8f90-a1b2c3d4e5f6
             */
            strategy_id: string;
            /**
             * @description Id of the definition.
             * @example 1
             */
            strategy_definition_id: number;
            /**
             * @description Its current version.
             * @example 2
             */
            version: number;
        };
        ValuationEventView: {
            /**
             * @description Id of the definition.
             * @example 1
             */
            strategy_definition_id: number;
            /**
             * Format: date-time
             * @description Time of the valuation.
             * @example 2026-01-31T12:00:00.000Z
             */
            valued_at: string;
        };
        StreamStateView: {
            /**
             * Format: date-time
             * @description Time of the event.
             * @example 2026-01-31T12:00:00.000Z
             */
            at: string;
            /**
             * @description Only with `end`: why the server closes the stream.
             * @example stopping
             * @enum {string}
             */
            reason?: "stopping" | "signed_out";
        };
        AgentView: {
            /**
             * @description Display name.
             * @example The Oracle
             */
            display_name: string;
            /**
             * @description Description.
             * @example Reads the macro economy.
             */
            description: string;
            /**
             * @description Whether it is switched on.
             * @example true
             */
            is_active: boolean;
            /**
             * @description Counts the changes; also in the ETag.
             * @example 1
             */
            version: number;
            /**
             * Format: date-time
             * @description When it was registered.
             * @example 2025-01-01T00:00:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it was last changed.
             * @example 2025-01-01T00:00:00.000Z
             */
            updated_at: string;
            /**
             * @description Name in definitions.
             * @example macro
             */
            agent_name: string;
            /**
             * @description Source file.
             * @example business-agents/macro/macro-agent
             */
            agent_module: string;
            /**
             * @description Class.
             * @example MacroAgent
             */
            agent_class: string;
            /**
             * @description Tools it uses.
             * @example [
             *       "get_fear_greed",
             *       "get_dxy"
             *     ]
             */
            available_tools: string[];
            /**
             * @description Whether a language model reviews the result of the rules.
             * @example false
             */
            llm_enabled: boolean;
            /**
             * @description Model name of the provider.
             * @example gpt-4o-mini
             */
            llm_model: string | null;
            /**
             * @description USD per million input tokens; null: not set.
             * @example 0.15
             */
            llm_input_price: string | null;
            /**
             * @description USD per million output tokens; null: not set.
             * @example 0.6
             */
            llm_output_price: string | null;
            /**
             * @description Daily budget in USD (UTC).
             * @example 1
             */
            llm_daily_budget: string;
            /**
             * @description Maximum tokens per answer.
             * @example 600
             */
            llm_answer_tokens: number;
            /**
             * @description Name of the token limit parameter.
             * @example max_tokens
             * @enum {string}
             */
            llm_limit_parameter: "max_tokens" | "max_completion_tokens";
            /**
             * @description Whether temperature 0 is sent.
             * @example true
             */
            llm_sends_temperature: boolean;
            /**
             * @description Parameters that this provider or model needs, sent with each question.
             * @example {
             *       "enable_thinking": false
             *     }
             */
            llm_extra_parameters: {
                [key: string]: unknown;
            };
        };
        AgentBody: {
            /**
             * @description false switches it off from the next run.
             * @example true
             */
            is_active?: boolean;
            /**
             * @description Display name.
             * @example The Oracle
             */
            display_name?: string;
            /**
             * @description Description.
             * @example Reads the macro economy.
             */
            description?: string;
            /**
             * @description true lets a language model review the result of the rules from the next run; requires llm_model and both prices.
             * @example false
             */
            llm_enabled?: boolean;
            /**
             * @description Model name of the provider of llm_api; null removes it.
             * @example gpt-4o-mini
             */
            llm_model?: string | null;
            /**
             * @description USD per million input tokens, 0 to 1,000,000: a decimal string or a number.
             * @example 0.15
             */
            llm_input_price?: string | number;
            /**
             * @description USD per million output tokens, 0 to 1,000,000: a decimal string or a number.
             * @example 0.60
             */
            llm_output_price?: string | number;
            /**
             * @description Daily budget in USD (UTC), 0 to 1,000,000: a decimal string or a number.
             * @example 1
             */
            llm_daily_budget?: string | number;
            /**
             * @description Maximum tokens per answer; reasoning models use several thousand before they answer.
             * @example 600
             */
            llm_answer_tokens?: number;
            /**
             * @description Name of the token limit parameter; reasoning models need max_completion_tokens.
             * @example max_tokens
             * @enum {string}
             */
            llm_limit_parameter?: "max_tokens" | "max_completion_tokens";
            /**
             * @description Whether temperature 0 is sent; false for models that do not accept a temperature.
             * @example true
             */
            llm_sends_temperature?: boolean;
            /**
             * @description Parameters that this provider or model needs, sent with each question; at most 1,000 characters as JSON. `{}` removes them.
             * @example {
             *       "enable_thinking": false
             *     }
             */
            llm_extra_parameters?: {
                [key: string]: unknown;
            };
        };
        ApiConfigView: {
            /**
             * @description Display name.
             * @example The Oracle
             */
            display_name: string;
            /**
             * @description Description.
             * @example Reads the macro economy.
             */
            description: string;
            /**
             * @description Whether it is switched on.
             * @example true
             */
            is_active: boolean;
            /**
             * @description Counts the changes; also in the ETag.
             * @example 1
             */
            version: number;
            /**
             * Format: date-time
             * @description When it was registered.
             * @example 2025-01-01T00:00:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it was last changed.
             * @example 2025-01-01T00:00:00.000Z
             */
            updated_at: string;
            /**
             * @description Name that tools use.
             * @example fred_api
             */
            api_name: string;
            /**
             * @description Base URL.
             * @example https://api.stlouisfed.org
             */
            base_url: string;
            /**
             * @description Requests per minute.
             * @example 120
             */
            rate_limit: number;
            /**
             * @description Whether a key is stored.
             * @example true
             */
            has_key: boolean;
            /**
             * @description Whether a secret is stored.
             * @example false
             */
            has_secret: boolean;
            /**
             * @description Last four characters of the key; null without a key or for one under 12 characters.
             * @example 6789
             */
            key_last4: string | null;
        };
        ApiConfigBody: {
            /**
             * Format: password
             * @description New key; null removes it. Stored encrypted, never returned.
             * @example abcdef0123456789abcdef0123456789
             */
            api_key?: string | null;
            /**
             * Format: password
             * @description New secret, for APIs that have one besides the key; null removes it.
             * @example null
             */
            api_secret?: string | null;
            /**
             * @description https and a public host name.
             * @example https://api.stlouisfed.org
             */
            base_url?: string;
            /**
             * @description Requests per minute.
             * @example 120
             */
            rate_limit?: number;
            /**
             * @description Takes effect on the next run.
             * @example true
             */
            is_active?: boolean;
        };
        ChangedApiView: {
            /**
             * @description Display name.
             * @example The Oracle
             */
            display_name: string;
            /**
             * @description Description.
             * @example Reads the macro economy.
             */
            description: string;
            /**
             * @description Whether it is switched on.
             * @example true
             */
            is_active: boolean;
            /**
             * @description Counts the changes; also in the ETag.
             * @example 1
             */
            version: number;
            /**
             * Format: date-time
             * @description When it was registered.
             * @example 2025-01-01T00:00:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it was last changed.
             * @example 2025-01-01T00:00:00.000Z
             */
            updated_at: string;
            /**
             * @description Name that tools use.
             * @example fred_api
             */
            api_name: string;
            /**
             * @description Base URL.
             * @example https://api.stlouisfed.org
             */
            base_url: string;
            /**
             * @description Requests per minute.
             * @example 120
             */
            rate_limit: number;
            /**
             * @description Whether a key is stored.
             * @example true
             */
            has_key: boolean;
            /**
             * @description Whether a secret is stored.
             * @example false
             */
            has_secret: boolean;
            /**
             * @description Last four characters of the key; null without a key or for one under 12 characters.
             * @example 6789
             */
            key_last4: string | null;
            /**
             * @description Whether this change removed the stored key or secret, because the address has another origin.
             * @example false
             */
            key_removed: boolean;
        };
        ApiTestView: {
            /**
             * @description Whether a server answered, with any status.
             * @example true
             */
            reachable: boolean;
            /**
             * @description HTTP status of its answer; null without one that could be read.
             * @example 200
             */
            status: number | null;
            /**
             * @description Milliseconds until the answer was read, or until it failed.
             * @example 84
             */
            latency_ms: number;
            /**
             * @description Why no answer could be read: a code of failed calls, such as `unreachable`; null: one was read.
             * @example null
             */
            code: string | null;
            /**
             * @description The result in words.
             * @example It answers with status 200.
             */
            message: string;
        };
        AuditActorView: {
            /**
             * Format: uuid
             * @description Id of the user.
             * @example 3f0c2a52-6f1e-4c39-9d57-0a4b6a1d1f10
             */
            id: string;
            /**
             * @description The e-mail address at that time.
             * @example ada@example.com
             */
            email: string | null;
        };
        AuditEntryView: {
            /**
             * @description Ascending id.
             * @example 42
             */
            id: string;
            /**
             * Format: date-time
             * @description When.
             * @example 2025-01-01T00:00:00.000Z
             */
            occurred_at: string;
            /** @description Who acted; null: nobody was signed in, or the system. */
            actor: components["schemas"]["AuditActorView"] | null;
            /**
             * @description What happened.
             * @example api.changed
             */
            action: string;
            /**
             * @description Type of target.
             * @example api
             */
            target_type: string;
            /**
             * @description Id or name of the target.
             * @example fred_api
             */
            target_id: string;
            /**
             * @description The changed fields before; secrets hidden.
             * @example {
             *       "rate_limit": 120
             *     }
             */
            before: {
                [key: string]: unknown;
            } | null;
            /**
             * @description The changed fields after; secrets hidden.
             * @example {
             *       "rate_limit": 60
             *     }
             */
            after: {
                [key: string]: unknown;
            } | null;
            /**
             * @description X-Request-ID of the request.
             * @example 6f9d3a52-0f3e-4b52-9d57-0a4b6a1d1f10
             */
            trace_id: string | null;
        };
        LlmCallView: {
            /**
             * Format: uuid
             * @description Id.
             * @example 019a9c2e-7c00-7000-8000-000000000001
             */
            id: string;
            /**
             * @description Business agent.
             * @example macro
             */
            agent_name: string;
            /**
             * @description Base URL of the provider.
             * @example https://api.openai.com/v1
             */
            provider: string;
            /**
             * @description Model.
             * @example gpt-4o-mini
             */
            model: string;
            /**
             * @description asked: waiting for the answer. failed: the result of the rules was used, also if the process ended before the answer came.
             * @example answered
             * @enum {string}
             */
            status: "asked" | "answered" | "failed";
            /**
             * @description SHA-256 of provider, model and prompt; without a time, so the same content has the same hash.
             * @example 3b5d5c3712955042212316173ccf37be800ef9e4d2a4f3c1b5f5b1a1c6a7c6f0
             */
            content_hash: string;
            /**
             * @description SHA-256 of the stored answer in UTF-8.
             * @example 3b5d5c3712955042212316173ccf37be800ef9e4d2a4f3c1b5f5b1a1c6a7c6f0
             */
            answer_hash: string | null;
            /**
             * @description Why it failed.
             * @example null
             */
            error: components["schemas"]["ErrorView"] | null;
            /**
             * @description Input tokens; null: not reported.
             * @example 412
             */
            prompt_tokens: number | null;
            /**
             * @description Output tokens; null: not reported.
             * @example 64
             */
            completion_tokens: number | null;
            /**
             * @description Cost in USD, charged to the budget of its day.
             * @example 0.0001002
             */
            cost: string;
            /**
             * @description false: the provider did not report usage, so the highest possible cost was charged.
             * @example true
             */
            cost_known: boolean;
            /**
             * Format: date-time
             * @description When.
             * @example 2026-01-15T12:00:00.000Z
             */
            asked_at: string;
            /**
             * Format: date-time
             * @description When it ended.
             * @example 2026-01-15T12:00:00.000Z
             */
            answered_at: string | null;
        };
        LlmMessageView: {
            /**
             * @description system or user.
             * @example user
             */
            role: string;
            /**
             * @description Its text.
             * @example {"agent":"macro"}
             */
            content: string;
        };
        LlmCallDetailView: {
            /**
             * Format: uuid
             * @description Id.
             * @example 019a9c2e-7c00-7000-8000-000000000001
             */
            id: string;
            /**
             * @description Business agent.
             * @example macro
             */
            agent_name: string;
            /**
             * @description Base URL of the provider.
             * @example https://api.openai.com/v1
             */
            provider: string;
            /**
             * @description Model.
             * @example gpt-4o-mini
             */
            model: string;
            /**
             * @description asked: waiting for the answer. failed: the result of the rules was used, also if the process ended before the answer came.
             * @example answered
             * @enum {string}
             */
            status: "asked" | "answered" | "failed";
            /**
             * @description SHA-256 of provider, model and prompt; without a time, so the same content has the same hash.
             * @example 3b5d5c3712955042212316173ccf37be800ef9e4d2a4f3c1b5f5b1a1c6a7c6f0
             */
            content_hash: string;
            /**
             * @description SHA-256 of the stored answer in UTF-8.
             * @example 3b5d5c3712955042212316173ccf37be800ef9e4d2a4f3c1b5f5b1a1c6a7c6f0
             */
            answer_hash: string | null;
            /**
             * @description Why it failed.
             * @example null
             */
            error: components["schemas"]["ErrorView"] | null;
            /**
             * @description Input tokens; null: not reported.
             * @example 412
             */
            prompt_tokens: number | null;
            /**
             * @description Output tokens; null: not reported.
             * @example 64
             */
            completion_tokens: number | null;
            /**
             * @description Cost in USD, charged to the budget of its day.
             * @example 0.0001002
             */
            cost: string;
            /**
             * @description false: the provider did not report usage, so the highest possible cost was charged.
             * @example true
             */
            cost_known: boolean;
            /**
             * Format: date-time
             * @description When.
             * @example 2026-01-15T12:00:00.000Z
             */
            asked_at: string;
            /**
             * Format: date-time
             * @description When it ended.
             * @example 2026-01-15T12:00:00.000Z
             */
            answered_at: string | null;
            /** @description Prompt. */
            prompt: components["schemas"]["LlmMessageView"][];
            /**
             * @description What was written; U+FFFD stands for what text cannot hold (NUL, lone surrogates). null without an answer, or where it held the API key.
             * @example {"score": 12, "confidence": 0.8, "reasoning": "Calm."}
             */
            answer: string | null;
            /**
             * @description Parsed result, before limits; null: not usable.
             * @example {
             *       "score": 12,
             *       "confidence": 0.8,
             *       "reasoning": "Calm."
             *     }
             */
            verdict: {
                [key: string]: unknown;
            } | null;
        };
        DefinitionStateView: {
            /**
             * @description Id.
             * @example 1
             */
            id: number;
            /**
             * @description Unique name.
             * @example multi_agent_btc_v1
             */
            name: string;
            /**
             * @description Display name.
             * @example Multi-agent BTC
             */
            display_name: string;
            /**
             * @description Whether it runs.
             * @example true
             */
            is_active: boolean;
            /**
             * @description Minutes between two runs.
             * @example 60
             */
            rebalance_period_minutes: number;
            /**
             * Format: uuid
             * @description Last scheduled run that was not skipped; null before the first.
             * @example 019a9c2e-7c00-7000-8000-000000000001
             */
            last_run_id: string | null;
            /**
             * Format: date-time
             * @description Its scheduled time.
             * @example 2026-01-15T12:00:00.000Z
             */
            last_tick_at: string | null;
            /**
             * @description Its state.
             * @example completed
             * @enum {string|null}
             */
            last_status: "queued" | "analysing" | "deciding" | "completed" | "degraded" | "failed" | "skipped" | null;
            /**
             * @description Seconds from the scheduled time to the start; null before the start.
             * @example 0.412
             */
            last_delay_seconds: number | null;
            /**
             * Format: date-time
             * @description Next scheduled time; null while it is switched off.
             * @example 2026-01-15T13:00:00.000Z
             */
            next_tick_at: string | null;
            /**
             * @description Seconds since the next tick should have been planned; above 2, no worker is planning.
             * @example 0
             */
            lateness_seconds: number;
        };
        QueueView: {
            /**
             * @description Jobs waiting for a worker.
             * @example 0
             */
            waiting: number;
            /**
             * @description Jobs in progress.
             * @example 1
             */
            active: number;
            /**
             * @description Jobs waiting for their next attempt.
             * @example 0
             */
            delayed: number;
            /**
             * @description Jobs that failed for good.
             * @example 0
             */
            failed: number;
        };
        SourceView: {
            /**
             * @description Tool.
             * @example get_fear_greed
             */
            tool: string;
            /**
             * @description Source of the latest value; null: no run had one.
             * @example simulated
             */
            source: string | null;
            /**
             * Format: date-time
             * @description When that value became known.
             * @example 2026-01-15T12:00:00.000Z
             */
            observed_at: string | null;
            /**
             * @description How old it is now.
             * @example 5400
             */
            age_seconds: number | null;
            /**
             * @description Why values were missing.
             * @example []
             */
            absent: string[];
        };
        ApiStateView: {
            /**
             * @description API.
             * @example fred_api
             */
            api: string;
            /**
             * @description failing: the last request failed. paused: it asked for a pause until paused_until. switched_off: by an administrator. not_asked: never yet.
             * @example ok
             * @enum {string}
             */
            status: "ok" | "failing" | "paused" | "switched_off" | "not_asked";
            /**
             * Format: date-time
             * @description Last answer, to the minute.
             * @example 2026-01-15T12:00:00.000Z
             */
            last_success_at: string | null;
            /**
             * Format: date-time
             * @description Last failure.
             * @example null
             */
            last_failure_at: string | null;
            /** @description The last failure; kept when the API is back. */
            last_failure: components["schemas"]["ErrorView"] | null;
            /**
             * @description Failures since the last answer.
             * @example 0
             */
            failures_in_row: number;
            /**
             * Format: date-time
             * @description End of a pause.
             * @example null
             */
            paused_until: string | null;
            /**
             * @description How far its clock is ahead of the database; null: it told no time.
             * @example 0
             */
            clock_skew_seconds: number | null;
        };
        LanguageModelView: {
            /**
             * @description Business agent.
             * @example macro
             */
            agent: string;
            /**
             * @description Model.
             * @example gpt-4o-mini
             */
            model: string;
            /**
             * @description Daily budget in USD.
             * @example 1
             */
            daily_budget: string;
            /**
             * @description USD spent or reserved today.
             * @example 0.0123
             */
            spent_today: string;
            /**
             * @description Calls today, without reused answers.
             * @example 12
             */
            questions_today: number;
            /**
             * @description Failed calls today.
             * @example 0
             */
            failed_today: number;
            /**
             * @description The last failure of today.
             * @example null
             */
            last_failure: components["schemas"]["ErrorView"] | null;
        };
        FailureView: {
            /**
             * Format: uuid
             * @description Run.
             * @example 019a9c2e-7c00-7000-8000-000000000001
             */
            run_id: string;
            /**
             * @description Definition.
             * @example 1
             */
            strategy_definition_id: number;
            /**
             * @description Its name.
             * @example multi_agent_btc_v1
             */
            definition_name: string;
            /**
             * Format: date-time
             * @description Tick of the run.
             * @example 2026-01-15T12:00:00.000Z
             */
            scheduled_for: string;
            /**
             * @description State of the run.
             * @example degraded
             * @enum {string}
             */
            status: "queued" | "analysing" | "deciding" | "completed" | "degraded" | "failed" | "skipped";
            /**
             * Format: date-time
             * @description When it was created.
             * @example 2026-01-15T12:00:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it ended; null: it has not.
             * @example 2026-01-15T12:00:00.000Z
             */
            finished_at: string | null;
            /** @description Why the run failed. */
            error: components["schemas"]["ErrorView"] | null;
            /**
             * @description Failed strategies.
             * @example 0
             */
            failed_instances: number;
            /**
             * @description Business agents without a score.
             * @example [
             *       "onchain"
             *     ]
             */
            missing_agents: string[];
            /**
             * @description Business agents whose language model did not deliver, so that their rules were used.
             * @example [
             *       "macro"
             *     ]
             */
            degraded_agents: string[];
        };
        FailuresView: {
            /**
             * @description How many there are.
             * @example 1
             */
            total: number;
            /** @description The newest 100. */
            items: components["schemas"]["FailureView"][];
        };
        InvariantResultView: {
            /**
             * @description Stable name.
             * @example cash_differs_from_ledger
             */
            name: string;
            /**
             * @description What the check looks for.
             * @example free cash that is not the sum of the quote entries of the ledger
             */
            forbids: string;
            /**
             * @description Number of violations.
             * @example 0
             */
            violations: number;
            /**
             * @description Keys of some of the rows.
             * @example []
             */
            examples: string[];
        };
        InvariantCheckView: {
            /**
             * Format: date-time
             * @description When.
             * @example 2026-01-15T12:00:00.000Z
             */
            checked_at: string;
            /**
             * @description Milliseconds it took.
             * @example 240
             */
            duration_ms: number;
            /**
             * Format: date-time
             * @description What older runs, orders, trades and snapshots hold was left out, as it has been checked before; null: everything was checked. Sums over the ledger always begin with its first entry.
             * @example null
             */
            since: string | null;
            /**
             * @description Number of violated invariants.
             * @example 0
             */
            violated: number;
            /** @description Each of them. */
            results: components["schemas"]["InvariantResultView"][];
        };
        AgentVersionView: {
            /**
             * @description Decision agent.
             * @example MultiAgentConvictionDecision
             */
            name: string;
            /**
             * @description Raised when the same inputs may give another decision.
             * @example 1.0.0
             */
            version: string;
        };
        VersionsView: {
            /**
             * @description Version of the program.
             * @example 0.1.0
             */
            program: string;
            /**
             * @description Node.js.
             * @example 20.19.0
             */
            node: string;
            /**
             * @description PostgreSQL server.
             * @example 18.0
             */
            postgresql: string;
            /**
             * @description Last migration.
             * @example CreateTrading1763800500000
             */
            schema: string | null;
            /** @description Decision agents. */
            decision_agents: components["schemas"]["AgentVersionView"][];
        };
        ProcessView: {
            /**
             * @description Role of the process.
             * @example all
             * @enum {string}
             */
            role: "all" | "api" | "worker";
            /**
             * @description Seconds since its start.
             * @example 86400
             */
            uptime_seconds: number;
            /**
             * @description Resident memory.
             * @example 183500800
             */
            rss_bytes: number;
            /**
             * @description Used heap.
             * @example 73400320
             */
            heap_used_bytes: number;
        };
        SystemView: {
            /**
             * @description Settings that the operator should correct. forwarded_for_ignored: a request had X-Forwarded-For while TRUST_PROXY is 0; behind a proxy all callers then share one address and its limits. Seen by the answering process since its start.
             * @example []
             */
            warnings: "forwarded_for_ignored"[];
            /**
             * Format: date-time
             * @description Time of this answer, by the database.
             * @example 2026-01-15T12:00:00.000Z
             */
            at: string;
            /** @description Schedule of each definition. */
            definitions: components["schemas"]["DefinitionStateView"][];
            /** @description Job queue of all workers. */
            queue: components["schemas"]["QueueView"];
            /**
             * @description Market data source of the runs.
             * @example simulated
             * @enum {string}
             */
            market: "simulated" | "replay" | "live";
            /** @description Tools and the age of their data. */
            sources: components["schemas"]["SourceView"][];
            /** @description State of each external API. */
            apis: components["schemas"]["ApiStateView"][];
            /** @description Each business agent whose LLM mode is on. */
            language_models: components["schemas"]["LanguageModelView"][];
            /** @description Open failures. */
            failures: components["schemas"]["FailuresView"];
            /** @description The last check of the invariants; null before the first. */
            invariants: components["schemas"]["InvariantCheckView"] | null;
            /** @description Versions. */
            versions: components["schemas"]["VersionsView"];
            /** @description The process that answers. */
            process: components["schemas"]["ProcessView"];
            /**
             * @description Whether real orders can be placed.
             * @example false
             */
            live_trading: boolean;
        };
        ToolView: {
            /**
             * @description Display name.
             * @example The Oracle
             */
            display_name: string;
            /**
             * @description Description.
             * @example Reads the macro economy.
             */
            description: string;
            /**
             * @description Whether it is switched on.
             * @example true
             */
            is_active: boolean;
            /**
             * @description Counts the changes; also in the ETag.
             * @example 1
             */
            version: number;
            /**
             * Format: date-time
             * @description When it was registered.
             * @example 2025-01-01T00:00:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it was last changed.
             * @example 2025-01-01T00:00:00.000Z
             */
            updated_at: string;
            /**
             * @description Name that agents use.
             * @example get_fear_greed
             */
            tool_name: string;
            /**
             * @description Source file.
             * @example market-data/tools/sentiment-tools
             */
            tool_module: string;
            /**
             * @description Function.
             * @example getFearGreed
             */
            tool_function: string;
            /**
             * @description APIs it uses.
             * @example [
             *       "alternative_me_api"
             *     ]
             */
            required_apis: string[];
            /**
             * @description Settings.
             * @example {}
             */
            config: {
                [key: string]: unknown;
            };
        };
        SwitchBody: {
            /**
             * @description false switches it off from the next run.
             * @example true
             */
            is_active?: boolean;
            /**
             * @description Display name.
             * @example The Oracle
             */
            display_name?: string;
            /**
             * @description Description.
             * @example Reads the macro economy.
             */
            description?: string;
        };
        CreateUserBody: {
            /**
             * @description E-mail address; case does not matter.
             * @example ada@example.com
             */
            email: string;
            /**
             * Format: password
             * @description Initial password: 8 to 128 characters, not a common one. The user can change it.
             * @example a long enough passphrase
             */
            password: string;
            /**
             * @description Display name, visible to other users.
             * @example Ada Lovelace
             */
            full_name?: string | null;
            /**
             * @description What the user may do.
             * @example trader
             * @enum {string}
             */
            role: "user" | "trader" | "admin";
        };
        UpdateUserBody: {
            /**
             * @description Takes effect with the user's next request.
             * @example trader
             * @enum {string}
             */
            role?: "user" | "trader" | "admin";
            /**
             * @description false signs the user out everywhere and blocks sign-in.
             * @example true
             */
            is_active?: boolean;
            /**
             * @description Display name, visible to other users; null removes it.
             * @example Ada Lovelace
             */
            full_name?: string | null;
        };
        ChangedUserView: {
            /**
             * Format: uuid
             * @description Id.
             * @example 3f0c2a52-6f1e-4c39-9d57-0a4b6a1d1f10
             */
            id: string;
            /**
             * @description E-mail address, in lower case.
             * @example ada@example.com
             */
            email: string;
            /**
             * @description Full name.
             * @example Ada Lovelace
             */
            full_name: string | null;
            /**
             * @description What the user may do.
             * @example trader
             * @enum {string}
             */
            role: "user" | "trader" | "admin";
            /**
             * @description Whether the user may sign in.
             * @example true
             */
            is_active: boolean;
            /**
             * @description Whether the password was generated, or set by an administrator, and not changed since. On a database of its own (DATABASE_URL) the user can do nothing before changing it.
             * @example false
             */
            must_change_password: boolean;
            /**
             * @description Counts the changes; also in the ETag.
             * @example 1
             */
            version: number;
            /**
             * Format: date-time
             * @description When the account was created.
             * @example 2025-01-01T00:00:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it was last changed.
             * @example 2025-01-01T00:00:00.000Z
             */
            updated_at: string;
            /**
             * @description Strategies that this change stopped, because the user may trade no longer.
             * @example 0
             */
            stopped_strategies: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: {
        /** @description What remains to the caller in this window (r) and when it ends (t, seconds), as draft-ietf-httpapi-ratelimit-headers has it. Absent where limits are switched off. */
        RateLimit: string;
        /** @description The quota (q) of a window (w, seconds) of this kind of caller: "user" or "address". */
        "RateLimit-Policy": string;
        /** @description Seconds to wait. */
        "Retry-After": number;
        /** @description true: this is the answer to an earlier request with the same Idempotency-Key. */
        "Idempotency-Replayed": "true";
        /** @description The version of the resource; to be sent as If-Match with a change. */
        ETag: string;
        /** @description Where to find what was made. */
        Location: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getLiveness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The process is alive. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HealthView"];
                };
            };
        };
    };
    getReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The database answers, and its schema and rights are complete; the queue answers where this process works. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HealthView"];
                };
            };
            /** @description A dependency is not available; retry after the time in Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    register: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of your own for this request, such as a new UUID. The same key with the same body within 24 hours is answered with the first answer and makes nothing new; with another body 422 `idempotency_key_reused`; while the first one runs 409 `idempotency_in_progress`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ada@example.com",
                 *       "password": "a long enough passphrase",
                 *       "full_name": "Ada Lovelace"
                 *     }
                 */
                "application/json": components["schemas"]["RegisterBody"];
            };
        };
        responses: {
            /** @description The account. Sign in next. */
            201: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserView"];
                };
            };
            /** @description The request is malformed, or names an unknown query parameter, filter or sort field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Registration is closed (`registration_closed`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The request conflicts with the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is larger than 100 KiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The content is not valid; errors lists every violation. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many requests (`rate_limited`) or failed attempts (`too_many_attempts`); Retry-After says when to come back. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description A dependency is not available; retry after the time in Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    login: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ada@example.com",
                 *       "password": "a long enough passphrase",
                 *       "device_token": "eyJhbGciOiJIUzI1NiIs..."
                 *     }
                 */
                "application/json": components["schemas"]["LoginBody"];
            };
        };
        responses: {
            /** @description A new session. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInView"];
                };
            };
            /** @description The request is malformed, or names an unknown query parameter, filter or sort field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not signed in, or the token is no longer valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is larger than 100 KiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The content is not valid; errors lists every violation. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many requests (`rate_limited`) or failed attempts (`too_many_attempts`); Retry-After says when to come back. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description A dependency is not available; retry after the time in Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    refreshTokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "refresh_token": "rTzJx0y2mZkq1cX3v9aUe8bHn4Lw7QpSd5FgKi6Oj0M"
                 *     }
                 */
                "application/json": components["schemas"]["RefreshBody"];
            };
        };
        responses: {
            /** @description The next pair of tokens. The previous pair is no longer valid. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokensView"];
                };
            };
            /** @description The request is malformed, or names an unknown query parameter, filter or sort field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not signed in, or the token is no longer valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is larger than 100 KiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The content is not valid; errors lists every violation. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many requests (`rate_limited`) or failed attempts (`too_many_attempts`); Retry-After says when to come back. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description A dependency is not available; retry after the time in Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    logout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "refresh_token": "rTzJx0y2mZkq1cX3v9aUe8bHn4Lw7QpSd5FgKi6Oj0M"
                 *     }
                 */
                "application/json": components["schemas"]["RefreshBody"];
            };
        };
        responses: {
            /** @description The session has ended. */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is malformed, or names an unknown query parameter, filter or sort field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is larger than 100 KiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The content is not valid; errors lists every violation. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many requests (`rate_limited`) or failed attempts (`too_many_attempts`); Retry-After says when to come back. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description A dependency is not available; retry after the time in Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    openConsoleSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ada@example.com",
                 *       "password": "a long enough passphrase"
                 *     }
                 */
                "application/json": components["schemas"]["ConsoleLoginBody"];
            };
        };
        responses: {
            /** @description A new session. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsoleSessionView"];
                };
            };
            /** @description The request is malformed, or names an unknown query parameter, filter or sort field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not signed in, or the token is no longer valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The request comes from a page of another origin (`other_origin`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is larger than 100 KiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The content is not valid; errors lists every violation. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many requests (`rate_limited`) or failed attempts (`too_many_attempts`); Retry-After says when to come back. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description A dependency is not available; retry after the time in Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    closeConsoleSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session has ended. */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is malformed, or names an unknown query parameter, filter or sort field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The request comes from a page of another origin (`other_origin`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is larger than 100 KiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The content is not valid; errors lists every violation. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many requests (`rate_limited`) or failed attempts (`too_many_attempts`); Retry-After says when to come back. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description A dependency is not available; retry after the time in Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    continueConsoleSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The next access token. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsoleSessionView"];
                };
            };
            /** @description The request is malformed, or names an unknown query parameter, filter or sort field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not signed in, or the token is no longer valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The request comes from a page of another origin (`other_origin`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is larger than 100 KiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The content is not valid; errors lists every violation. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many requests (`rate_limited`) or failed attempts (`too_many_attempts`); Retry-After says when to come back. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description A dependency is not available; retry after the time in Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    getProfile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The signed-in user. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserView"];
                };
            };
            /** @description Not signed in, or the token is no longer valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The password must be changed first (`password_change_required`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many requests (`rate_limited`) or failed attempts (`too_many_attempts`); Retry-After says when to come back. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description A dependency is not available; retry after the time in Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    updateProfile: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag that was read, such as `"v1"`; where it is not the present version the answer is 412. */
                "If-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "full_name": "Ada Lovelace"
                 *     }
                 */
                "application/json": components["schemas"]["ProfileBody"];
            };
        };
        responses: {
            /** @description The changed account. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserView"];
                };
            };
            /** @description The request is malformed, or names an unknown query parameter, filter or sort field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not signed in, or the token is no longer valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The password must be changed first (`password_change_required`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description If-Match does not match the current version. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is larger than 100 KiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The content is not valid; errors lists every violation. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many requests (`rate_limited`) or failed attempts (`too_many_attempts`); Retry-After says when to come back. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description A dependency is not available; retry after the time in Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    listDecisionAgents: {
        parameters: {
            query?: {
                /** @description Maximum number of entries. */
                limit?: number;
                /** @description Entries to skip. */
                offset?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["DecisionAgentView"][];
                        /**
                         * @description All entries that match.
                         * @example 1
                         */
                        total: number;
                        /** @example 50 */
                        limit: number;
                        /** @example 0 */
                        offset: number;
                    };
                };
            };
            /** @description The request is malformed, or names an unknown query parameter, filter or sort field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not signed in, or the token is no longer valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Requires one of these roles: trader, admin. The password must be changed first (`password_change_required`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many requests (`rate_limited`) or failed attempts (`too_many_attempts`); Retry-After says when to come back. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description A dependency is not available; retry after the time in Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    evaluateDecisionAgent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of the decision agent. */
                class: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "analyses": {
                 *         "macro": {
                 *           "score": 45
                 *         },
                 *         "onchain": {
                 *           "score": 60
                 *         },
                 *         "ta": {
                 *           "score": -20
                 *         }
                 *       },
                 *       "market": {
                 *         "price": "65000",
                 *         "change_24h_percent": 2.5,
                 *         "fear_greed": 55,
                 *         "dxy": 104
                 *       },
                 *       "params": {
                 *         "buy_threshold": 55
                 *       },
                 *       "channel": {
                 *         "can_short": true,
                 *         "max_leverage": 40,
                 *         "taker_fee_rate": 0.00045,
                 *         "slippage_bps": 5,
                 *         "maintenance_margin_rate": 0.0125
                 *       },
                 *       "portfolio": {
                 *         "cash": "7000",
                 *         "quantity": "0.046153846153846153",
                 *         "total_value": "10000",
                 *         "position_side": "long",
                 *         "minutes_since_last_trade": 90
                 *       },
                 *       "state": {
                 *         "consecutive_bullish_count": 0,
                 *         "consecutive_bearish_count": 0
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["EvaluateBody"];
            };
        };
        responses: {
            /** @description The decision with its reasons. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DecisionView"];
                };
            };
            /** @description The request is malformed, or names an unknown query parameter, filter or sort field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not signed in, or the token is no longer valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Requires one of these roles: trader, admin. The password must be changed first (`password_change_required`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description It does not exist, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is larger than 100 KiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The content is not valid; errors lists every violation. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many requests (`rate_limited`) or failed attempts (`too_many_attempts`); Retry-After says when to come back. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description A dependency is not available; retry after the time in Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    listCandles: {
        parameters: {
            query: {
                /** @description The base asset. */
                symbol: string;
                /** @description Trade channel whose venue is used. */
                channel: string;
                /** @description Length of a candle. */
                interval: "15m" | "1h";
                /** @description Only candles that opened at this time or later. */
                from?: string;
                /** @description Only candles that opened before this time. */
                to?: string;
                /** @description Maximum number of candles; the latest are returned. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Closed candles, oldest first. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CandlesView"];
                };
            };
            /** @description The request is malformed, or names an unknown query parameter, filter or sort field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not signed in, or the token is no longer valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The password must be changed first (`password_change_required`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many requests (`rate_limited`) or failed attempts (`too_many_attempts`); Retry-After says when to come back. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description A dependency is not available; retry after the time in Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    listStrategyDefinitions: {
        parameters: {
            query?: {
                /** @description Maximum number of entries. */
                limit?: number;
                /** @description Entries to skip. */
                offset?: number;
                /** @description Field to sort by, with a leading - for descending: `-created_at`. */
                sort?: string;
                /** @description Include definitions that are switched off; administrators only. */
                include_inactive?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["DefinitionView"][];
                        /**
                         * @description All entries that match.
                         * @example 1
                         */
                        total: number;
                        /** @example 50 */
                        limit: number;
                        /** @example 0 */
                        offset: number;
                    };
                };
            };
            /** @description The request is malformed, or names an unknown query parameter, filter or sort field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not signed in, or the token is no longer valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Requires one of these roles: trader, admin. The password must be changed first (`password_change_required`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many requests (`rate_limited`) or failed attempts (`too_many_attempts`); Retry-After says when to come back. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description A dependency is not available; retry after the time in Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    createStrategyDefinition: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of your own for this request, such as a new UUID. The same key with the same body within 24 hours is answered with the first answer and makes nothing new; with another body 422 `idempotency_key_reused`; while the first one runs 409 `idempotency_in_progress`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "careful_eth_v1",
                 *       "display_name": "Careful ETH",
                 *       "description": "Three analysts, one conviction.",
                 *       "decision_agent_module": "domain/decision/multi-agent-conviction/multi-agent-conviction-decision",
                 *       "decision_agent_class": "MultiAgentConvictionDecision",
                 *       "business_agents": [
                 *         "macro",
                 *         "onchain",
                 *         "ta"
                 *       ],
                 *       "trade_channel": "binance_spot",
                 *       "trade_symbol": "ETH",
                 *       "rebalance_period_minutes": 60,
                 *       "default_params": {
                 *         "agent_weights": {
                 *           "macro": 0.4,
                 *           "onchain": 0.4,
                 *           "ta": 0.2
                 *         },
                 *         "buy_threshold": 55,
                 *         "partial_sell_threshold": 50,
                 *         "full_sell_threshold": 45,
                 *         "fg_circuit_breaker_threshold": 20,
                 *         "fg_position_adjust_threshold": 30,
                 *         "circuit_breaker_blocks_exits": true,
                 *         "consecutive_signal_threshold": 30,
                 *         "acceleration_multiplier_min": 1.1,
                 *         "acceleration_multiplier_max": 2,
                 *         "max_position_size": 0.01
                 *       },
                 *       "is_active": true
                 *     }
                 */
                "application/json": components["schemas"]["CreateDefinitionBody"];
            };
        };
        responses: {
            /** @description The definition. It runs from the next tick. */
            201: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DefinitionView"];
                };
            };
            /** @description The request is malformed, or names an unknown query parameter, filter or sort field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not signed in, or the token is no longer valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Requires one of these roles: admin. The password must be changed first (`password_change_required`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The request conflicts with the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is larger than 100 KiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The content is not valid; errors lists every violation. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many requests (`rate_limited`) or failed attempts (`too_many_attempts`); Retry-After says when to come back. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description A dependency is not available; retry after the time in Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    getStrategyDefinition: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the definition. */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The definition, even if it is switched off. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DefinitionView"];
                };
            };
            /** @description The request is malformed, or names an unknown query parameter, filter or sort field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not signed in, or the token is no longer valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Requires one of these roles: trader, admin. The password must be changed first (`password_change_required`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description It does not exist, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many requests (`rate_limited`) or failed attempts (`too_many_attempts`); Retry-After says when to come back. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description A dependency is not available; retry after the time in Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    updateStrategyDefinition: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag that was read, such as `"v1"`; where it is not the present version the answer is 412. */
                "If-Match"?: string;
            };
            path: {
                /** @description Id of the definition. */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "display_name": "Multi-agent ETH",
                 *       "description": "Three analysts, one conviction.",
                 *       "default_params": {
                 *         "buy_threshold": 60
                 *       },
                 *       "rebalance_period_minutes": 30,
                 *       "business_agents": [
                 *         "macro",
                 *         "onchain",
                 *         "ta"
                 *       ],
                 *       "is_active": true
                 *     }
                 */
                "application/json": components["schemas"]["UpdateDefinitionBody"];
            };
        };
        responses: {
            /** @description The changed definition. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DefinitionView"];
                };
            };
            /** @description The request is malformed, or names an unknown query parameter, filter or sort field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not signed in, or the token is no longer valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Requires one of these roles: admin. The password must be changed first (`password_change_required`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description It does not exist, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The request conflicts with the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description If-Match does not match the current version. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is larger than 100 KiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The content is not valid; errors lists every violation. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Prefer: strict was sent without If-Match. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many requests (`rate_limited`) or failed attempts (`too_many_attempts`); Retry-After says when to come back. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description A dependency is not available; retry after the time in Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    listStrategies: {
        parameters: {
            query?: {
                /** @description Maximum number of entries. */
                limit?: number;
                /** @description Entries to skip. */
                offset?: number;
                /** @description Field to sort by, with a leading - for descending: `-created_at`. */
                sort?: string;
                /** @description Only strategies of this definition (id). */
                definition_id?: number;
                /** @description Only strategies of this user. Only administrators may name another user. */
                user_id?: string;
                /** @description Only your own strategies. */
                mine?: boolean;
                /** @description State; by default all that are not archived. */
                status?: "active" | "stopped" | "archived";
                /** @description Only in this mode. */
                trading_mode?: "paper" | "live";
                /** @description Part of the name, case-insensitive. */
                q?: string;
                /** @description Only with this return or more, in percent of the deposit. */
                min_total_pnl_percent?: number;
                /** @description Only with this return or less, in percent of the deposit. */
                max_total_pnl_percent?: number;
                /** @description Only created at this time or later. */
                created_from?: string;
                /** @description Only created before this time. */
                created_to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["InstanceView"][];
                        /**
                         * @description All entries that match.
                         * @example 1
                         */
                        total: number;
                        /** @example 50 */
                        limit: number;
                        /** @example 0 */
                        offset: number;
                    };
                };
            };
            /** @description The request is malformed, or names an unknown query parameter, filter or sort field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not signed in, or the token is no longer valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /**
             * @description The role does not allow this.
             *
             *     The password must be changed first (`password_change_required`).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many requests (`rate_limited`) or failed attempts (`too_many_attempts`); Retry-After says when to come back. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description A dependency is not available; retry after the time in Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    createStrategy: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of your own for this request, such as a new UUID. The same key with the same body within 24 hours is answered with the first answer and makes nothing new; with another body 422 `idempotency_key_reused`; while the first one runs 409 `idempotency_in_progress`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "strategy_definition_id": 1,
                 *       "instance_name": "Careful BTC",
                 *       "instance_description": "Sells early.",
                 *       "initial_balance": 10000,
                 *       "trading_mode": "paper",
                 *       "instance_params": {
                 *         "agent_weights": {
                 *           "macro": 0.5,
                 *           "onchain": 0.3,
                 *           "ta": 0.2
                 *         },
                 *         "buy_threshold": 55
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["CreateInstanceBody"];
            };
        };
        responses: {
            /** @description The strategy. See its warnings. */
            201: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InstanceView"];
                };
            };
            /** @description The request is malformed, or names an unknown query parameter, filter or sort field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not signed in, or the token is no longer valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Requires one of these roles: trader, admin. The password must be changed first (`password_change_required`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The request conflicts with the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is larger than 100 KiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The content is not valid; errors lists every violation. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many requests (`rate_limited`) or failed attempts (`too_many_attempts`); Retry-After says when to come back. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description A dependency is not available; retry after the time in Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    getStrategy: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the strategy. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The strategy, as far as the role may see it. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InstanceView"];
                };
            };
            /** @description The request is malformed, or names an unknown query parameter, filter or sort field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not signed in, or the token is no longer valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The password must be changed first (`password_change_required`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description It does not exist, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many requests (`rate_limited`) or failed attempts (`too_many_attempts`); Retry-After says when to come back. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description A dependency is not available; retry after the time in Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    archiveStrategy: {
        parameters: {
            query?: {
                /** @description Close its positions first. */
                close_positions?: boolean;
            };
            header?: {
                /** @description ETag that was read, such as `"v1"`; where it is not the present version the answer is 412. */
                "If-Match"?: string;
                /** @description A key of your own for this request, such as a new UUID. The same key with the same body within 24 hours is answered with the first answer and makes nothing new; with another body 422 `idempotency_key_reused`; while the first one runs 409 `idempotency_in_progress`. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of the strategy. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The archived strategy. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InstanceView"];
                };
            };
            /** @description The request is malformed, or names an unknown query parameter, filter or sort field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not signed in, or the token is no longer valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The password must be changed first (`password_change_required`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description It does not exist, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The request conflicts with the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description If-Match does not match the current version. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is larger than 100 KiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The content is not valid; errors lists every violation. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Prefer: strict was sent without If-Match. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many requests (`rate_limited`) or failed attempts (`too_many_attempts`); Retry-After says when to come back. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description A dependency is not available; retry after the time in Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    updateStrategy: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag that was read, such as `"v1"`; where it is not the present version the answer is 412. */
                "If-Match"?: string;
            };
            path: {
                /** @description Id of the strategy. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "instance_name": "Careful BTC",
                 *       "instance_description": "Sells early.",
                 *       "instance_params": {
                 *         "buy_threshold": 60
                 *       },
                 *       "is_active": true
                 *     }
                 */
                "application/json": components["schemas"]["UpdateInstanceBody"];
            };
        };
        responses: {
            /** @description The changed strategy. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InstanceView"];
                };
            };
            /** @description The request is malformed, or names an unknown query parameter, filter or sort field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not signed in, or the token is no longer valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /**
             * @description The role does not allow this.
             *
             *     The password must be changed first (`password_change_required`).
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description It does not exist, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The request conflicts with the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description If-Match does not match the current version. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is larger than 100 KiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The content is not valid; errors lists every violation. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Prefer: strict was sent without If-Match. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many requests (`rate_limited`) or failed attempts (`too_many_attempts`); Retry-After says when to come back. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description A dependency is not available; retry after the time in Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    listStrategyExecutions: {
        parameters: {
            query?: {
                /** @description Maximum number of entries. */
                limit?: number;
                /** @description `next_cursor` of the previous page; left out: the first page. */
                cursor?: string;
                /** @description Only at this time or later. */
                from?: string;
                /** @description Only before this time. */
                to?: string;
                /** @description Only decisions with this signal. */
                signal?: "BUY" | "SELL" | "HOLD";
                /** @description Only decisions with this outcome. */
                status?: "completed" | "failed" | "skipped";
            };
            header?: never;
            path: {
                /** @description Id of the strategy. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, newest first, of what is kept. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: date-time
                         * @description Older entries are no longer kept; null: everything is kept.
                         * @example null
                         */
                        kept_from: string | null;
                        items: components["schemas"]["ExecutionView"][];
                        /**
                         * @description Send as cursor for the next page; null on the last one.
                         * @example null
                         */
                        next_cursor: string | null;
                    };
                };
            };
            /** @description The request is malformed, or names an unknown query parameter, filter or sort field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not signed in, or the token is no longer valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The password must be changed first (`password_change_required`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description It does not exist, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many requests (`rate_limited`) or failed attempts (`too_many_attempts`); Retry-After says when to come back. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description A dependency is not available; retry after the time in Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    getStrategyExecution: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the strategy. */
                id: string;
                /** @description Id of the decision. */
                executionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The decision. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExecutionDetailView"];
                };
            };
            /** @description The request is malformed, or names an unknown query parameter, filter or sort field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not signed in, or the token is no longer valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The password must be changed first (`password_change_required`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description It does not exist, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description It existed, but is no longer kept. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many requests (`rate_limited`) or failed attempts (`too_many_attempts`); Retry-After says when to come back. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description A dependency is not available; retry after the time in Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    listStrategyTrades: {
        parameters: {
            query?: {
                /** @description Maximum number of entries. */
                limit?: number;
                /** @description `next_cursor` of the previous page; left out: the first page. */
                cursor?: string;
                /** @description Only at this time or later. */
                from?: string;
                /** @description Only before this time. */
                to?: string;
                /** @description Only this side. */
                trade_type?: "BUY" | "SELL";
            };
            header?: never;
            path: {
                /** @description Id of the strategy. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, newest first. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["TradeView"][];
                        /**
                         * @description Send as cursor for the next page; null on the last one.
                         * @example null
                         */
                        next_cursor: string | null;
                    };
                };
            };
            /** @description The request is malformed, or names an unknown query parameter, filter or sort field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not signed in, or the token is no longer valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The password must be changed first (`password_change_required`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description It does not exist, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many requests (`rate_limited`) or failed attempts (`too_many_attempts`); Retry-After says when to come back. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description A dependency is not available; retry after the time in Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    listStrategyExits: {
        parameters: {
            query?: {
                /** @description Maximum number of entries. */
                limit?: number;
                /** @description `next_cursor` of the previous page; left out: the first page. */
                cursor?: string;
                /** @description Only at this time or later. */
                from?: string;
                /** @description Only before this time. */
                to?: string;
            };
            header?: never;
            path: {
                /** @description Id of the strategy. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, newest first. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["PositionExitView"][];
                        /**
                         * @description Send as cursor for the next page; null on the last one.
                         * @example null
                         */
                        next_cursor: string | null;
                    };
                };
            };
            /** @description The request is malformed, or names an unknown query parameter, filter or sort field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not signed in, or the token is no longer valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The password must be changed first (`password_change_required`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description It does not exist, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many requests (`rate_limited`) or failed attempts (`too_many_attempts`); Retry-After says when to come back. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description A dependency is not available; retry after the time in Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    listStrategySnapshots: {
        parameters: {
            query?: {
                /** @description Maximum number of entries. */
                limit?: number;
                /** @description `next_cursor` of the previous page; left out: the first page. */
                cursor?: string;
                /** @description Only at this time or later. */
                from?: string;
                /** @description Only before this time. */
                to?: string;
            };
            header?: never;
            path: {
                /** @description Id of the strategy. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, newest first, of what is kept. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: date-time
                         * @description Older entries are no longer kept; null: everything is kept.
                         * @example null
                         */
                        kept_from: string | null;
                        items: components["schemas"]["SnapshotView"][];
                        /**
                         * @description Send as cursor for the next page; null on the last one.
                         * @example null
                         */
                        next_cursor: string | null;
                    };
                };
            };
            /** @description The request is malformed, or names an unknown query parameter, filter or sort field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not signed in, or the token is no longer valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The password must be changed first (`password_change_required`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description It does not exist, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many requests (`rate_limited`) or failed attempts (`too_many_attempts`); Retry-After says when to come back. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description A dependency is not available; retry after the time in Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    listStrategyParams: {
        parameters: {
            query?: {
                /** @description Maximum number of entries. */
                limit?: number;
                /** @description `next_cursor` of the previous page; left out: the first page. */
                cursor?: string;
                /** @description Only at this time or later. */
                from?: string;
                /** @description Only before this time. */
                to?: string;
            };
            header?: never;
            path: {
                /** @description Id of the strategy. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, newest first. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ParamsVersionView"][];
                        /**
                         * @description Send as cursor for the next page; null on the last one.
                         * @example null
                         */
                        next_cursor: string | null;
                    };
                };
            };
            /** @description The request is malformed, or names an unknown query parameter, filter or sort field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not signed in, or the token is no longer valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The password must be changed first (`password_change_required`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description It does not exist, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many requests (`rate_limited`) or failed attempts (`too_many_attempts`); Retry-After says when to come back. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description A dependency is not available; retry after the time in Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    listStrategyLedger: {
        parameters: {
            query?: {
                /** @description Maximum number of entries. */
                limit?: number;
                /** @description `next_cursor` of the previous page; left out: the first page. */
                cursor?: string;
                /** @description Only at this time or later. */
                from?: string;
                /** @description Only before this time. */
                to?: string;
            };
            header?: never;
            path: {
                /** @description Id of the strategy. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, newest first. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["LedgerEntryView"][];
                        /**
                         * @description Send as cursor for the next page; null on the last one.
                         * @example null
                         */
                        next_cursor: string | null;
                    };
                };
            };
            /** @description The request is malformed, or names an unknown query parameter, filter or sort field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not signed in, or the token is no longer valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The password must be changed first (`password_change_required`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description It does not exist, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many requests (`rate_limited`) or failed attempts (`too_many_attempts`); Retry-After says when to come back. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description A dependency is not available; retry after the time in Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    getStrategyPerformance: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the strategy. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The statistics. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PerformanceView"];
                };
            };
            /** @description The request is malformed, or names an unknown query parameter, filter or sort field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not signed in, or the token is no longer valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The password must be changed first (`password_change_required`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description It does not exist, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many requests (`rate_limited`) or failed attempts (`too_many_attempts`); Retry-After says when to come back. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description A dependency is not available; retry after the time in Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    replayStrategyExecution: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the strategy. */
                id: string;
                /** @description Id of the decision. */
                executionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The recomputed decision, and where it differs from the stored one. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayView"];
                };
            };
            /** @description The request is malformed, or names an unknown query parameter, filter or sort field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not signed in, or the token is no longer valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The password must be changed first (`password_change_required`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description It does not exist, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The request conflicts with the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description It existed, but is no longer kept. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many requests (`rate_limited`) or failed attempts (`too_many_attempts`); Retry-After says when to come back. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description A dependency is not available; retry after the time in Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    listRuns: {
        parameters: {
            query?: {
                /** @description Maximum number of entries. */
                limit?: number;
                /** @description `next_cursor` of the previous page; left out: the first page. */
                cursor?: string;
                /** @description Only at this time or later. */
                from?: string;
                /** @description Only before this time. */
                to?: string;
                /** @description Only runs in this state. */
                status?: "queued" | "analysing" | "deciding" | "completed" | "degraded" | "failed" | "skipped";
            };
            header?: never;
            path: {
                /** @description Id of the definition. */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, newest first. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["RunView"][];
                        /**
                         * @description Send as cursor for the next page; null on the last one.
                         * @example null
                         */
                        next_cursor: string | null;
                    };
                };
            };
            /** @description The request is malformed, or names an unknown query parameter, filter or sort field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not signed in, or the token is no longer valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Requires one of these roles: trader, admin. The password must be changed first (`password_change_required`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description It does not exist, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many requests (`rate_limited`) or failed attempts (`too_many_attempts`); Retry-After says when to come back. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description A dependency is not available; retry after the time in Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    runNow: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of your own for this request, such as a new UUID. The same key with the same body within 24 hours is answered with the first answer and makes nothing new; with another body 422 `idempotency_key_reused`; while the first one runs 409 `idempotency_in_progress`. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of the definition. */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The run is queued. GET /runs/{id} shows its progress. */
            202: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunView"];
                };
            };
            /** @description The request is malformed, or names an unknown query parameter, filter or sort field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not signed in, or the token is no longer valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Requires one of these roles: admin. The password must be changed first (`password_change_required`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description It does not exist, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The request conflicts with the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is larger than 100 KiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The content is not valid; errors lists every violation. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many requests (`rate_limited`) or failed attempts (`too_many_attempts`); Retry-After says when to come back. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description A dependency is not available; retry after the time in Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    getRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the run. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunView"];
                };
            };
            /** @description The request is malformed, or names an unknown query parameter, filter or sort field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not signed in, or the token is no longer valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Requires one of these roles: trader, admin. The password must be changed first (`password_change_required`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description It does not exist, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many requests (`rate_limited`) or failed attempts (`too_many_attempts`); Retry-After says when to come back. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description A dependency is not available; retry after the time in Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    listConvictions: {
        parameters: {
            query?: {
                /** @description Maximum number of entries. */
                limit?: number;
                /** @description `next_cursor` of the previous page; left out: the first page. */
                cursor?: string;
                /** @description Only at this time or later. */
                from?: string;
                /** @description Only before this time. */
                to?: string;
            };
            header?: never;
            path: {
                /** @description Id of the definition. */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, newest first. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ConvictionView"][];
                        /**
                         * @description Send as cursor for the next page; null on the last one.
                         * @example null
                         */
                        next_cursor: string | null;
                    };
                };
            };
            /** @description The request is malformed, or names an unknown query parameter, filter or sort field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not signed in, or the token is no longer valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Requires one of these roles: trader, admin. The password must be changed first (`password_change_required`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description It does not exist, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many requests (`rate_limited`) or failed attempts (`too_many_attempts`); Retry-After says when to come back. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description A dependency is not available; retry after the time in Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    createStreamTicket: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The ticket. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StreamTicketView"];
                };
            };
            /** @description The request is malformed, or names an unknown query parameter, filter or sort field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not signed in, or the token is no longer valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The password must be changed first (`password_change_required`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is larger than 100 KiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The content is not valid; errors lists every violation. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many requests (`rate_limited`) or failed attempts (`too_many_attempts`); Retry-After says when to come back. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description A dependency is not available; retry after the time in Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    openStream: {
        parameters: {
            query: {
                /** @description An unused ticket from POST /stream/tickets. */
                ticket: string;
                /** @description The id of the last event that was read, for clients that cannot send Last-Event-ID. */
                last_event_id?: string;
            };
            header?: {
                /** @description The id of the last event that was read; without it the stream starts now. */
                "Last-Event-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events until the stream is closed. The schema describes the data of one event. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["TickEventView"] | components["schemas"]["RunEventView"] | components["schemas"]["ExecutionsEventView"] | components["schemas"]["StrategyEventView"] | components["schemas"]["ValuationEventView"] | components["schemas"]["StreamStateView"];
                };
            };
            /** @description The request is malformed, or names an unknown query parameter, filter or sort field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not signed in, or the token is no longer valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many streams of this user (`too_many_streams`). Too many requests (`rate_limited`) or failed attempts (`too_many_attempts`); Retry-After says when to come back. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description This server has as many streams as it can (`streams_full`), or is about to end (`stopping`). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    listAgents: {
        parameters: {
            query?: {
                /** @description Maximum number of entries. */
                limit?: number;
                /** @description Entries to skip. */
                offset?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AgentView"][];
                        /**
                         * @description All entries that match.
                         * @example 1
                         */
                        total: number;
                        /** @example 50 */
                        limit: number;
                        /** @example 0 */
                        offset: number;
                    };
                };
            };
            /** @description The request is malformed, or names an unknown query parameter, filter or sort field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not signed in, or the token is no longer valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Requires one of these roles: admin. The password must be changed first (`password_change_required`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many requests (`rate_limited`) or failed attempts (`too_many_attempts`); Retry-After says when to come back. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description A dependency is not available; retry after the time in Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    getAgent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of the agent. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The agent. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentView"];
                };
            };
            /** @description The request is malformed, or names an unknown query parameter, filter or sort field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not signed in, or the token is no longer valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Requires one of these roles: admin. The password must be changed first (`password_change_required`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description It does not exist, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many requests (`rate_limited`) or failed attempts (`too_many_attempts`); Retry-After says when to come back. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description A dependency is not available; retry after the time in Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    updateAgent: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag that was read, such as `"v1"`; where it is not the present version the answer is 412. */
                "If-Match"?: string;
            };
            path: {
                /** @description Name of the agent. */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "is_active": true,
                 *       "display_name": "The Oracle",
                 *       "description": "Reads the macro economy.",
                 *       "llm_enabled": false,
                 *       "llm_model": "gpt-4o-mini",
                 *       "llm_input_price": "0.15",
                 *       "llm_output_price": "0.60",
                 *       "llm_daily_budget": "1",
                 *       "llm_answer_tokens": 600,
                 *       "llm_limit_parameter": "max_tokens",
                 *       "llm_sends_temperature": true,
                 *       "llm_extra_parameters": {
                 *         "enable_thinking": false
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["AgentBody"];
            };
        };
        responses: {
            /** @description The changed agent. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentView"];
                };
            };
            /** @description The request is malformed, or names an unknown query parameter, filter or sort field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not signed in, or the token is no longer valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Requires one of these roles: admin. The password must be changed first (`password_change_required`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description It does not exist, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description If-Match does not match the current version. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is larger than 100 KiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The content is not valid; errors lists every violation. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many requests (`rate_limited`) or failed attempts (`too_many_attempts`); Retry-After says when to come back. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description A dependency is not available; retry after the time in Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    listApis: {
        parameters: {
            query?: {
                /** @description Maximum number of entries. */
                limit?: number;
                /** @description Entries to skip. */
                offset?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ApiConfigView"][];
                        /**
                         * @description All entries that match.
                         * @example 1
                         */
                        total: number;
                        /** @example 50 */
                        limit: number;
                        /** @example 0 */
                        offset: number;
                    };
                };
            };
            /** @description The request is malformed, or names an unknown query parameter, filter or sort field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not signed in, or the token is no longer valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Requires one of these roles: admin. The password must be changed first (`password_change_required`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many requests (`rate_limited`) or failed attempts (`too_many_attempts`); Retry-After says when to come back. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description A dependency is not available; retry after the time in Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    getApi: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of the API. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The API. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiConfigView"];
                };
            };
            /** @description The request is malformed, or names an unknown query parameter, filter or sort field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not signed in, or the token is no longer valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Requires one of these roles: admin. The password must be changed first (`password_change_required`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description It does not exist, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many requests (`rate_limited`) or failed attempts (`too_many_attempts`); Retry-After says when to come back. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description A dependency is not available; retry after the time in Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    updateApi: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag that was read, such as `"v1"`; where it is not the present version the answer is 412. */
                "If-Match"?: string;
            };
            path: {
                /** @description Name of the API. */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "base_url": "https://api.stlouisfed.org",
                 *       "rate_limit": 120,
                 *       "is_active": true
                 *     }
                 */
                "application/json": components["schemas"]["ApiConfigBody"];
            };
        };
        responses: {
            /** @description The changed API. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangedApiView"];
                };
            };
            /** @description The request is malformed, or names an unknown query parameter, filter or sort field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not signed in, or the token is no longer valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Requires one of these roles: admin. The password must be changed first (`password_change_required`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description It does not exist, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description If-Match does not match the current version. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is larger than 100 KiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The content is not valid; errors lists every violation. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many requests (`rate_limited`) or failed attempts (`too_many_attempts`); Retry-After says when to come back. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description A dependency is not available; retry after the time in Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    testApi: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of the API. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The result, whether or not the API answered. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiTestView"];
                };
            };
            /** @description The request is malformed, or names an unknown query parameter, filter or sort field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not signed in, or the token is no longer valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Requires one of these roles: admin. The password must be changed first (`password_change_required`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description It does not exist, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is larger than 100 KiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The content is not valid; errors lists every violation. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many requests (`rate_limited`) or failed attempts (`too_many_attempts`); Retry-After says when to come back. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description A dependency is not available; retry after the time in Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    listAuditLog: {
        parameters: {
            query?: {
                /** @description Maximum number of entries. */
                limit?: number;
                /** @description `next_cursor` of the previous page; left out: the first page. */
                cursor?: string;
                /** @description Only at this time or later. */
                from?: string;
                /** @description Only before this time. */
                to?: string;
                /** @description Only this action, such as api.changed. */
                action?: string;
                /** @description Only actions of this user: id, or the e-mail address at that time. */
                actor?: string;
                /** @description Only this type of target, such as api or user. */
                target_type?: string;
                /** @description Only the target with this id or name. */
                target?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, newest first. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AuditEntryView"][];
                        /**
                         * @description Send as cursor for the next page; null on the last one.
                         * @example null
                         */
                        next_cursor: string | null;
                    };
                };
            };
            /** @description The request is malformed, or names an unknown query parameter, filter or sort field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not signed in, or the token is no longer valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Requires one of these roles: admin. The password must be changed first (`password_change_required`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many requests (`rate_limited`) or failed attempts (`too_many_attempts`); Retry-After says when to come back. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description A dependency is not available; retry after the time in Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    listLlmCalls: {
        parameters: {
            query?: {
                /** @description Maximum number of entries. */
                limit?: number;
                /** @description `next_cursor` of the previous page; left out: the first page. */
                cursor?: string;
                /** @description Only at this time or later. */
                from?: string;
                /** @description Only before this time. */
                to?: string;
                /** @description Only calls for this business agent. */
                agent?: string;
                /** @description Only calls in this state. */
                status?: "asked" | "answered" | "failed";
                /** @description Only calls that an analysis of this run used, including reused answers. */
                run_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, newest first. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["LlmCallView"][];
                        /**
                         * @description Send as cursor for the next page; null on the last one.
                         * @example null
                         */
                        next_cursor: string | null;
                    };
                };
            };
            /** @description The request is malformed, or names an unknown query parameter, filter or sort field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not signed in, or the token is no longer valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Requires one of these roles: admin. The password must be changed first (`password_change_required`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many requests (`rate_limited`) or failed attempts (`too_many_attempts`); Retry-After says when to come back. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description A dependency is not available; retry after the time in Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    getLlmCall: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the call. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The call. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LlmCallDetailView"];
                };
            };
            /** @description The request is malformed, or names an unknown query parameter, filter or sort field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not signed in, or the token is no longer valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Requires one of these roles: admin. The password must be changed first (`password_change_required`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description It does not exist, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many requests (`rate_limited`) or failed attempts (`too_many_attempts`); Retry-After says when to come back. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description A dependency is not available; retry after the time in Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    getSystem: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The state of the system. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SystemView"];
                };
            };
            /** @description Not signed in, or the token is no longer valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Requires one of these roles: admin. The password must be changed first (`password_change_required`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many requests (`rate_limited`) or failed attempts (`too_many_attempts`); Retry-After says when to come back. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description A dependency is not available; retry after the time in Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    checkInvariants: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The result of the check. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvariantCheckView"];
                };
            };
            /** @description The request is malformed, or names an unknown query parameter, filter or sort field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not signed in, or the token is no longer valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Requires one of these roles: admin. The password must be changed first (`password_change_required`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The request conflicts with the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is larger than 100 KiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The content is not valid; errors lists every violation. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many requests (`rate_limited`) or failed attempts (`too_many_attempts`); Retry-After says when to come back. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description A dependency is not available; retry after the time in Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    listTools: {
        parameters: {
            query?: {
                /** @description Maximum number of entries. */
                limit?: number;
                /** @description Entries to skip. */
                offset?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ToolView"][];
                        /**
                         * @description All entries that match.
                         * @example 1
                         */
                        total: number;
                        /** @example 50 */
                        limit: number;
                        /** @example 0 */
                        offset: number;
                    };
                };
            };
            /** @description The request is malformed, or names an unknown query parameter, filter or sort field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not signed in, or the token is no longer valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Requires one of these roles: admin. The password must be changed first (`password_change_required`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many requests (`rate_limited`) or failed attempts (`too_many_attempts`); Retry-After says when to come back. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description A dependency is not available; retry after the time in Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    getTool: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of the tool. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The tool. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ToolView"];
                };
            };
            /** @description The request is malformed, or names an unknown query parameter, filter or sort field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not signed in, or the token is no longer valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Requires one of these roles: admin. The password must be changed first (`password_change_required`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description It does not exist, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many requests (`rate_limited`) or failed attempts (`too_many_attempts`); Retry-After says when to come back. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description A dependency is not available; retry after the time in Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    updateTool: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag that was read, such as `"v1"`; where it is not the present version the answer is 412. */
                "If-Match"?: string;
            };
            path: {
                /** @description Name of the tool. */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "is_active": true,
                 *       "display_name": "The Oracle",
                 *       "description": "Reads the macro economy."
                 *     }
                 */
                "application/json": components["schemas"]["SwitchBody"];
            };
        };
        responses: {
            /** @description The changed tool. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ToolView"];
                };
            };
            /** @description The request is malformed, or names an unknown query parameter, filter or sort field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not signed in, or the token is no longer valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Requires one of these roles: admin. The password must be changed first (`password_change_required`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description It does not exist, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description If-Match does not match the current version. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is larger than 100 KiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The content is not valid; errors lists every violation. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many requests (`rate_limited`) or failed attempts (`too_many_attempts`); Retry-After says when to come back. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description A dependency is not available; retry after the time in Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    listUsers: {
        parameters: {
            query?: {
                /** @description Maximum number of entries. */
                limit?: number;
                /** @description Entries to skip. */
                offset?: number;
                /** @description Field to sort by, with a leading - for descending: `-created_at`. */
                sort?: string;
                /** @description Only users with this role. */
                role?: "user" | "trader" | "admin";
                /** @description Only users who may sign in (true) or may not (false). */
                is_active?: boolean;
                /** @description Part of the e-mail address or name, case-insensitive. */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["UserView"][];
                        /**
                         * @description All entries that match.
                         * @example 1
                         */
                        total: number;
                        /** @example 50 */
                        limit: number;
                        /** @example 0 */
                        offset: number;
                    };
                };
            };
            /** @description The request is malformed, or names an unknown query parameter, filter or sort field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not signed in, or the token is no longer valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Requires one of these roles: admin. The password must be changed first (`password_change_required`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many requests (`rate_limited`) or failed attempts (`too_many_attempts`); Retry-After says when to come back. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description A dependency is not available; retry after the time in Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    createUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of your own for this request, such as a new UUID. The same key with the same body within 24 hours is answered with the first answer and makes nothing new; with another body 422 `idempotency_key_reused`; while the first one runs 409 `idempotency_in_progress`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ada@example.com",
                 *       "password": "a long enough passphrase",
                 *       "full_name": "Ada Lovelace",
                 *       "role": "trader"
                 *     }
                 */
                "application/json": components["schemas"]["CreateUserBody"];
            };
        };
        responses: {
            /** @description The new user. */
            201: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserView"];
                };
            };
            /** @description The request is malformed, or names an unknown query parameter, filter or sort field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not signed in, or the token is no longer valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Requires one of these roles: admin. The password must be changed first (`password_change_required`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The request conflicts with the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is larger than 100 KiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The content is not valid; errors lists every violation. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many requests (`rate_limited`) or failed attempts (`too_many_attempts`); Retry-After says when to come back. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description A dependency is not available; retry after the time in Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    getUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the user. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The user. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserView"];
                };
            };
            /** @description The request is malformed, or names an unknown query parameter, filter or sort field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not signed in, or the token is no longer valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Requires one of these roles: admin. The password must be changed first (`password_change_required`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description It does not exist, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many requests (`rate_limited`) or failed attempts (`too_many_attempts`); Retry-After says when to come back. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description A dependency is not available; retry after the time in Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    updateUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag that was read, such as `"v1"`; where it is not the present version the answer is 412. */
                "If-Match"?: string;
            };
            path: {
                /** @description Id of the user. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "role": "trader",
                 *       "is_active": true,
                 *       "full_name": "Ada Lovelace"
                 *     }
                 */
                "application/json": components["schemas"]["UpdateUserBody"];
            };
        };
        responses: {
            /** @description The changed user. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangedUserView"];
                };
            };
            /** @description The request is malformed, or names an unknown query parameter, filter or sort field. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not signed in, or the token is no longer valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Requires one of these roles: admin. The password must be changed first (`password_change_required`). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description It does not exist, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The request conflicts with the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description If-Match does not match the current version. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is larger than 100 KiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The content is not valid; errors lists every violation. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many requests (`rate_limited`) or failed attempts (`too_many_attempts`); Retry-After says when to come back. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description A dependency is not available; retry after the time in Retry-After. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
}
