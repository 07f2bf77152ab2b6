import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** What an agent's questions took of the budget of a day; its row is where all processes meet. */
@Entity('llm_spending')
@Check('ck_llm_spending_spent', `spent >= 0 AND spent <> 'NaN'`)
export class LlmSpending {
  @PrimaryColumn('varchar', { length: 64, primaryKeyConstraintName: 'pk_llm_spending' })
  agent_name!: string;

  /** UTC. */
  @PrimaryColumn('date', { primaryKeyConstraintName: 'pk_llm_spending' })
  day!: string;

  /** USD, what is set aside for questions under way included. */
  @Column('numeric', { precision: 38, scale: 18 })
  spent!: string;
}
