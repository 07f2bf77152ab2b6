import { CreateAccounts1763800000000 } from './1763800000000-create-accounts.js';
import { CreateRegistries1763800100000 } from './1763800100000-create-registries.js';
import { CreateDefinitions1763800200000 } from './1763800200000-create-definitions.js';
import { CreatePortfolios1763800300000 } from './1763800300000-create-portfolios.js';
import { CreateRuns1763800400000 } from './1763800400000-create-runs.js';
import { CreateTrading1763800500000 } from './1763800500000-create-trading.js';
import { CreateLimits1763900000000 } from './1763900000000-create-limits.js';
import { StoreDecisionBasis1763900100000 } from './1763900100000-store-decision-basis.js';
import { ProtectAuditLog1763900200000 } from './1763900200000-protect-audit-log.js';
import { IndexInstanceLists1763900300000 } from './1763900300000-index-instance-lists.js';
import { IndexAuditLog1763950000000 } from './1763950000000-index-audit-log.js';
import { AddPublicNames1763950100000 } from './1763950100000-add-public-names.js';
import { PartitionHistory1764000000000 } from './1764000000000-partition-history.js';
import { ScopeInvariantChecks1764002000000 } from './1764002000000-scope-invariant-checks.js';
import { StoreSearchedText1764003000000 } from './1764003000000-store-searched-text.js';
import { ShortenExplanations1764004000000 } from './1764004000000-shorten-explanations.js';
import { DropMonths1764005000000 } from './1764005000000-drop-months.js';
import { CreateApiStates1764100000000 } from './1764100000000-create-api-states.js';
import { TieParamsToVersion1764110000000 } from './1764110000000-tie-params-to-version.js';
import { CreateMarketFetches1764120000000 } from './1764120000000-create-market-fetches.js';
import { CreateLlmCalls1764130000000 } from './1764130000000-create-llm-calls.js';
import { AddPerpetuals1764140000000 } from './1764140000000-add-perpetuals.js';
import { CreateStream1764150000000 } from './1764150000000-create-stream.js';
import { SetLlmParameters1764156000000 } from './1764156000000-set-llm-parameters.js';
import { OweFunding1764160000000 } from './1764160000000-owe-funding.js';
import { ExamineCandles1764161000000 } from './1764161000000-examine-candles.js';
import { NoteUseOfAnswers1764162000000 } from './1764162000000-note-use-of-answers.js';
import { TellValuations1764164000000 } from './1764164000000-tell-valuations.js';
import { NoteExits1764165000000 } from './1764165000000-note-exits.js';
import { NoteMarkPrices1764166000000 } from './1764166000000-note-mark-prices.js';
import { IndexFundingHours1764167000000 } from './1764167000000-index-funding-hours.js';
import { NoteGeneratedColumns1764168500000 } from './1764168500000-note-generated-columns.js';
import { DropChannelNames1764170000000 } from './1764170000000-drop-channel-names.js';
import { AddReadableExecutions1764175000000 } from './1764175000000-add-readable-executions.js';
import { AddLlmExtraParameters1764180000000 } from './1764180000000-add-llm-extra-parameters.js';
import { CountDaysOfReturns1764185000000 } from './1764185000000-count-days-of-returns.js';
import { ReadNewReasons1764190000000 } from './1764190000000-read-new-reasons.js';
import { AskForNewPasswords1764192000000 } from './1764192000000-ask-for-new-passwords.js';

/** All migrations, oldest first. Append-only: one that has run anywhere is never changed. */
export const MIGRATIONS = [
  CreateAccounts1763800000000,
  CreateRegistries1763800100000,
  CreateDefinitions1763800200000,
  CreatePortfolios1763800300000,
  CreateRuns1763800400000,
  CreateTrading1763800500000,
  CreateLimits1763900000000,
  StoreDecisionBasis1763900100000,
  ProtectAuditLog1763900200000,
  IndexInstanceLists1763900300000,
  IndexAuditLog1763950000000,
  AddPublicNames1763950100000,
  PartitionHistory1764000000000,
  ScopeInvariantChecks1764002000000,
  StoreSearchedText1764003000000,
  ShortenExplanations1764004000000,
  DropMonths1764005000000,
  CreateApiStates1764100000000,
  TieParamsToVersion1764110000000,
  CreateMarketFetches1764120000000,
  CreateLlmCalls1764130000000,
  AddPerpetuals1764140000000,
  CreateStream1764150000000,
  SetLlmParameters1764156000000,
  OweFunding1764160000000,
  ExamineCandles1764161000000,
  NoteUseOfAnswers1764162000000,
  TellValuations1764164000000,
  NoteExits1764165000000,
  NoteMarkPrices1764166000000,
  IndexFundingHours1764167000000,
  NoteGeneratedColumns1764168500000,
  DropChannelNames1764170000000,
  AddReadableExecutions1764175000000,
  AddLlmExtraParameters1764180000000,
  CountDaysOfReturns1764185000000,
  ReadNewReasons1764190000000,
  AskForNewPasswords1764192000000,
];
