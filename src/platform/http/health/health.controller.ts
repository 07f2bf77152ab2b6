import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../docs/api-docs.js';
import { HealthService } from './health.service.js';
import { Public } from '../public-route.js';

export class HealthView {
  @ApiProperty({ description: 'Always `ok`; anything else is an error answer.', enum: ['ok'], example: 'ok' })
  status!: 'ok';
}

/** Probes for whoever runs the process; outside the prefix, open to anyone, without a word about the inside. */
@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(private readonly health: HealthService) {}

  @Get('live')
  @Public()
  @ApiOperation({ operationId: 'getLiveness', summary: 'Is the process alive? Asks nothing else.' })
  @ApiOkResponse({ type: HealthView, description: 'It is.' })
  live(): HealthView {
    return { status: 'ok' };
  }

  @Get('ready')
  @Public()
  @ApiOperation({ operationId: 'getReadiness', summary: 'Can requests be served? Asks the database.' })
  @ApiOkResponse({ type: HealthView, description: 'The database answers and has every migration.' })
  @ApiProblems(503)
  async ready(): Promise<HealthView> {
    await this.health.checkReady();
    return { status: 'ok' };
  }
}
