import { createBusinessAgents } from '../business-agents.catalogue.js';
import { serveAgents } from './serve-agents.js';

serveAgents(createBusinessAgents());
