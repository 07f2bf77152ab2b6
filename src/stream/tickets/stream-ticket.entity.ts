import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';

/** A ticket that opens the stream once. The ticket itself is not stored, only its SHA-256. */
@Entity('stream_tickets')
export class StreamTicket {
  @PrimaryColumn('varchar', {
    name: 'ticket_hash',
    length: 64,
    primaryKeyConstraintName: 'pk_stream_tickets',
  })
  ticketHash!: string;

  @Column('uuid', { name: 'user_id' })
  userId!: string;

  @ManyToOne('User', { nullable: false, onDelete: 'CASCADE' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'fk_stream_tickets_user' })
  readonly user?: unknown;

  @Column('uuid', { name: 'session_id' })
  sessionId!: string;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;
}
