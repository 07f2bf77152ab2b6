import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** An agent's spending on language models per day; locking its row serializes all processes. */
@Entity('llm_spending')
@Check('ck_llm_spending_spent', `spent >= 0 AND spent <> 'NaN'`)
export class LlmSpending {
  @PrimaryColumn('varchar', { length: 64, primaryKeyConstraintName: 'pk_llm_spending' })
  agent_name!: string;

  /** UTC. */
  @PrimaryColumn('date', { primaryKeyConstraintName: 'pk_llm_spending' })
  day!: string;

  /** USD, including the amounts reserved for pending calls. */
  @Column('numeric', { precision: 38, scale: 18 })
  spent!: string;
}
