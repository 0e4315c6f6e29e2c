import 'uplot/dist/uPlot.min.css';
import 'react-grid-layout/css/styles.css';
import './shell/page.css';
import * as React from 'react';
import { createRoot } from 'react-dom/client';
import { initHost } from './host/host';
import { App } from './shell/App';
import { getIncident } from './shell/server';
import { openStorage } from './shell/storage';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id "root"');
const [incident] = await Promise.all([getIncident(), initHost()]);
openStorage(incident.id);
createRoot(root).render(<App />);
