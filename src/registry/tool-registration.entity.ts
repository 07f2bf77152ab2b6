import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The switch of one tool: a function that business agents call by its name. */
@Entity('tool_registry')
export class ToolRegistration {
  @PrimaryColumn('varchar', { length: 64, primaryKeyConstraintName: 'pk_tool_registry' })
  tool_name!: string;

  @Column('varchar', { length: 200 })
  display_name!: string;

  @Column('text')
  description!: string;

  @Column('varchar', { length: 200 })
  tool_module!: string;

  @Column('varchar', { length: 200 })
  tool_function!: string;

  @Column('jsonb')
  required_apis!: string[];

  @Column('jsonb')
  config!: Record<string, unknown>;

  @Column('boolean', { default: true })
  is_active!: boolean;

  @Column('integer', { default: 1 })
  version!: number;

  @Column('timestamptz', { default: () => 'now()' })
  created_at!: Date;

  @Column('timestamptz', { default: () => 'now()' })
  updated_at!: Date;
}
