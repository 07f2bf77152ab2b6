import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The switch of one business agent; what it is comes from the code. */
@Entity('agent_registry')
export class AgentRegistration {
  @PrimaryColumn('varchar', { name: 'agent_name', length: 64, primaryKeyConstraintName: 'pk_agent_registry' })
  agentName!: string;

  @Column('varchar', { name: 'display_name', length: 200 })
  displayName!: string;

  @Column('text')
  description!: string;

  @Column('varchar', { name: 'agent_module', length: 200 })
  agentModule!: string;

  @Column('varchar', { name: 'agent_class', length: 200 })
  agentClass!: string;

  /** Names of the tools it calls. */
  @Column('jsonb', { name: 'available_tools' })
  availableTools!: string[];

  @Column('boolean', { name: 'is_active', default: true })
  isActive!: boolean;

  @Column('integer', { default: 1 })
  version!: number;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' })
  updatedAt!: Date;
}
