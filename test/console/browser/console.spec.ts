import { startWorld } from '../support/world.js';
import { theAdmin } from './admin.js';
import { theLooks } from './looks.js';
import { thePerpetuals } from './perpetuals.js';
import { theRows } from './rows.js';
import { theStates } from './states.js';
import { theTrader } from './trader.js';
import { theVisitor } from './visitor.js';

// One file, so that server and browser are started once: starting them takes longer than most of what is tested.
startWorld();
theVisitor();
theTrader();
thePerpetuals();
theAdmin();
theRows();
theStates();
theLooks();
