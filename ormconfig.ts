import { DataSource } from 'typeorm';
import { databaseOptions } from './src/schema.js';

/** The data source for the TypeORM command line; takes the server from DATABASE_URL. */
export default new DataSource(databaseOptions(process.env['DATABASE_URL'] ?? 'postgresql://localhost/conclave'));
