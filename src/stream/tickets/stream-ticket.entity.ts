import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';

/** A one-time ticket for the stream. Only its SHA-256 is stored. */
@Entity('stream_tickets')
export class StreamTicket {
  @PrimaryColumn('varchar', {
    length: 64,
    primaryKeyConstraintName: 'pk_stream_tickets',
  })
  ticket_hash!: string;

  @Column('uuid')
  user_id!: string;

  @ManyToOne('User', { nullable: false, onDelete: 'CASCADE' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'fk_stream_tickets_user' })
  readonly user?: unknown;

  @Column('uuid')
  session_id!: string;

  @Column('timestamptz')
  expires_at!: Date;
}
