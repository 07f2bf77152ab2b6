import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { CurrentUser, SignedIn, type SignedInUser } from '../../auth/access.js';
import { ApiCursorPage, ApiRetainedPage, ApiProblems } from '../../platform/http/docs/api-docs.js';
import { HistoryQuery, type CursorPage, type RetainedPage } from '../../platform/http/paging.js';
import { UuidParam } from '../../platform/http/input/path-params.js';
import { LedgerEntryView, ParamsVersionView, SnapshotView } from './book.view.js';
import { ExecutionDetailView, ExecutionView } from './execution.dto.js';
import { InstanceHistoryService, ExecutionsQuery, TradesQuery } from './instance-history.service.js';
import { PositionExitView } from './position-exit.view.js';
import { TradeView } from './trade.view.js';

const ID = new UuidParam('strategy');
const EXECUTION_ID = new UuidParam('execution');

/** What an instance has decided, traded and booked. */
@ApiTags('strategies')
@ApiParam({ name: 'id', description: 'Id of the strategy.', format: 'uuid' })
@Controller('strategies/:id')
export class InstanceHistoryController {
  constructor(private readonly history: InstanceHistoryService) {}

  @Get('executions')
  @SignedIn()
  @ApiOperation({ operationId: 'listStrategyExecutions', summary: 'List decisions of a strategy' })
  @ApiRetainedPage(ExecutionView)
  @ApiProblems(400, 404)
  executions(
    @Param('id', ID) id: string,
    @Query() query: ExecutionsQuery,
    @CurrentUser() user: SignedInUser,
  ): Promise<RetainedPage<ExecutionView>> {
    return this.history.executions(user, id, query);
  }

  @Get('executions/:executionId')
  @SignedIn()
  @ApiParam({ name: 'executionId', description: 'Id of the decision.', format: 'uuid' })
  @ApiOperation({
    operationId: 'getStrategyExecution',
    summary: 'Get a decision',
    description:
      'The shared analyses with their factors, the reasons, the params used, the market, order and fills. ' +
      'For one of a month that is not kept any more 410 `not_kept`, while its order and trades are still listed.',
  })
  @ApiOkResponse({ type: ExecutionDetailView, description: 'The decision.' })
  @ApiProblems(404, 410)
  execution(
    @Param('id', ID) id: string,
    @Param('executionId', EXECUTION_ID) executionId: string,
    @CurrentUser() user: SignedInUser,
  ): Promise<ExecutionDetailView> {
    return this.history.execution(user, id, executionId);
  }

  @Get('trades')
  @SignedIn()
  @ApiOperation({ operationId: 'listStrategyTrades', summary: 'List trades of a strategy' })
  @ApiCursorPage(TradeView)
  @ApiProblems(400, 404)
  trades(
    @Param('id', ID) id: string,
    @Query() query: TradesQuery,
    @CurrentUser() user: SignedInUser,
  ): Promise<CursorPage<TradeView>> {
    return this.history.trades(user, id, query);
  }

  @Get('exits')
  @SignedIn()
  @ApiOperation({
    operationId: 'listStrategyExits',
    summary: 'List automatic exits of a strategy',
    description:
      'Positions that were closed between runs by a stop, a take profit, a time stop or a liquidation. Each is also a trade with the kind as its reason.',
  })
  @ApiCursorPage(PositionExitView)
  @ApiProblems(400, 404)
  exits(
    @Param('id', ID) id: string,
    @Query() query: HistoryQuery,
    @CurrentUser() user: SignedInUser,
  ): Promise<CursorPage<PositionExitView>> {
    return this.history.exits(user, id, query);
  }

  @Get('snapshots')
  @SignedIn()
  @ApiOperation({ operationId: 'listStrategySnapshots', summary: 'List snapshots of a strategy (equity curve)' })
  @ApiRetainedPage(SnapshotView)
  @ApiProblems(400, 404)
  snapshots(
    @Param('id', ID) id: string,
    @Query() query: HistoryQuery,
    @CurrentUser() user: SignedInUser,
  ): Promise<RetainedPage<SnapshotView>> {
    return this.history.snapshots(user, id, query);
  }

  @Get('params-history')
  @SignedIn()
  @ApiOperation({
    operationId: 'listStrategyParams',
    summary: 'List parameter changes of a strategy',
    description: 'For the owner and administrators; 404 for everybody else.',
  })
  @ApiCursorPage(ParamsVersionView)
  @ApiProblems(400, 404)
  paramsHistory(
    @Param('id', ID) id: string,
    @Query() query: HistoryQuery,
    @CurrentUser() user: SignedInUser,
  ): Promise<CursorPage<ParamsVersionView>> {
    return this.history.paramsHistory(user, id, query);
  }

  @Get('ledger')
  @SignedIn()
  @ApiOperation({
    operationId: 'listStrategyLedger',
    summary: 'List ledger entries of a strategy',
    description: 'For the owner and administrators; 404 for everybody else.',
  })
  @ApiCursorPage(LedgerEntryView)
  @ApiProblems(400, 404)
  ledger(
    @Param('id', ID) id: string,
    @Query() query: HistoryQuery,
    @CurrentUser() user: SignedInUser,
  ): Promise<CursorPage<LedgerEntryView>> {
    return this.history.ledger(user, id, query);
  }
}
