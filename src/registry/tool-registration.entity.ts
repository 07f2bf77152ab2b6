import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The switch of one tool: a function that business agents call by its name. */
@Entity('tool_registry')
export class ToolRegistration {
  @PrimaryColumn('varchar', { name: 'tool_name', length: 64, primaryKeyConstraintName: 'pk_tool_registry' })
  toolName!: string;

  @Column('varchar', { name: 'display_name', length: 200 })
  displayName!: string;

  @Column('text')
  description!: string;

  @Column('varchar', { name: 'tool_module', length: 200 })
  toolModule!: string;

  @Column('varchar', { name: 'tool_function', length: 200 })
  toolFunction!: string;

  /** Names of the APIs it asks. */
  @Column('jsonb', { name: 'required_apis' })
  requiredApis!: string[];

  @Column('jsonb')
  config!: Record<string, unknown>;

  @Column('boolean', { name: 'is_active', default: true })
  isActive!: boolean;

  @Column('integer', { default: 1 })
  version!: number;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' })
  updatedAt!: Date;
}
