import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { PasswordsService } from '../src/auth/passwords.service.js';
import { InstanceCreationService } from '../src/instances/instance-creation.service.js';
import { generatePassword, type GeneratedPassword } from './first-admin.js';

const DEMO_EMAIL = 'demo@conclave.local';
const DEMO_NAME = 'Demo Trader';
const DEMO_DEFINITION = 'multi_agent_btc_v1';

/**
 * Creates the demo trader with one instance, unless that account exists; an instance that its owner has archived is not
 * created again. @returns the generated password, once.
 */
export async function seedDemo(app: INestApplicationContext): Promise<GeneratedPassword | null> {
  const database = app.get(DataSource);
  const found = await database.query<unknown[]>(`SELECT 1 FROM users WHERE email = $1`, [DEMO_EMAIL]);
  if (found.length > 0) return null;
  const password = generatePassword();
  const hash = await new PasswordsService().hash(password);
  const users = await database.query<{ id: string }[]>(
    `INSERT INTO users (email, password_hash, must_change_password, full_name, role) VALUES ($1, $2, true, $3, 'trader')
     ON CONFLICT (email) DO NOTHING RETURNING id`,
    [DEMO_EMAIL, hash, DEMO_NAME],
  );
  const definitions = await database.query<{ id: number }[]>(`SELECT id FROM strategy_definitions WHERE name = $1`, [
    DEMO_DEFINITION,
  ]);
  const [user, definition] = [users[0], definitions[0]];
  // Another process created the account first, or an admin has removed the template.
  if (!user || !definition) return null;
  await app.get(InstanceCreationService).create(
    { id: user.id, email: DEMO_EMAIL, full_name: DEMO_NAME },
    {
      strategy_definition_id: definition.id,
      instance_description: 'Made at the first start, on paper money.',
      initial_balance: '10000',
    },
  );
  return { who: 'Demo trader', email: DEMO_EMAIL, password };
}
