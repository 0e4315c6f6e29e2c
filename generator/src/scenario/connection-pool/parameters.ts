/**
 * The numbers of the scenario. They hold together: changing one moves the checks that the README's table names.
 * Latencies of three numbers are triangular distributions (low, mode, high).
 */
import type { ParameterSpecs } from '../types.js';

const seconds = { unit: 's' } as const;
const count = { unit: '1', integer: true } as const;

export const parameterSpecs: ParameterSpecs = {
  warmup_s: {
    ...seconds,
    default: 150,
    min: 60,
    max: 3600,
    description: 'Time that the service runs before the window, to fill caches.',
  },
  baseline_s: { ...seconds, default: 1320, min: 60, max: 86_400, description: 'Window before the incident.' },
  incident_s: {
    ...seconds,
    default: 1800,
    min: 60,
    max: 86_400,
    description: 'Window from the start of the incident to the end.',
  },
  settling_s: {
    ...seconds,
    default: 300,
    min: 30,
    max: 86_400,
    description: 'Start of the incident that does not count as steady.',
  },

  request_rate: {
    unit: '1/s',
    default: 17.8,
    min: 0.5,
    max: 2000,
    scales: true,
    description: 'Requests of ordinary users.',
  },
  database_share: {
    unit: '1',
    default: 0.405,
    min: 0.05,
    max: 0.95,
    description: 'Share of these that need the database.',
  },
  daily_variation: {
    unit: '1',
    default: 0.03,
    min: 0,
    max: 0.5,
    description: 'Amplitude of the slow change of the request rate.',
  },
  health_interval_s: {
    ...seconds,
    default: 5,
    min: 1,
    max: 60,
    description: "Interval of the load balancer's health checks.",
  },

  rare_import_interval_s: {
    ...seconds,
    default: 90,
    min: 5,
    max: 3600,
    description: 'Mean time between imports before the incident.',
  },
  import_clients: {
    ...count,
    default: 17,
    min: 0,
    max: 1000,
    scales: true,
    description: 'Imports kept under way in the incident.',
  },
  import_ramp_s: {
    ...seconds,
    default: 45,
    min: 0,
    max: 600,
    description: 'Time over which these clients start.',
  },
  import_think_s: {
    ...seconds,
    default: [0.005, 0.02],
    min: 0,
    max: 600,
    description: 'Pause of such a client between two imports.',
  },
  import_definitions: {
    ...count,
    default: [12, 13, 13, 13],
    min: 1,
    max: 25,
    description: 'Workflow definitions in a bundle: sizes that are dealt equally often.',
  },

  pool_connections: {
    ...count,
    default: 200,
    min: 2,
    max: 5000,
    scales: true,
    description: "Connections in the API's pool.",
  },
  pool_wait_s: {
    ...seconds,
    default: 10,
    min: 0.1,
    max: 120,
    description: 'Longest wait for a connection of an ordinary request.',
  },
  worker_connections: {
    ...count,
    default: 17,
    min: 2,
    max: 500,
    scales: true,
    description: "Connections in the worker's pool.",
  },

  validation_s: {
    ...seconds,
    default: [18.4, 23, 25],
    min: 0.01,
    max: 55,
    description: 'Latency of the validation service.',
  },
  identity_s: {
    ...seconds,
    default: [0.078, 0.088, 0.109],
    min: 0.001,
    max: 10,
    description: 'Latency of the identity provider.',
  },
  payment_s: {
    ...seconds,
    default: [0.045, 0.06, 0.11],
    min: 0.001,
    max: 10,
    description: 'Latency of the payment gateway.',
  },
  email_s: {
    ...seconds,
    default: [0.12, 0.2, 0.6],
    min: 0.001,
    max: 60,
    description: 'Latency of the e-mail provider.',
  },
  customer_s: {
    ...seconds,
    default: [0.03, 0.06, 0.25],
    min: 0.001,
    max: 10,
    description: "Latency of customers' own systems.",
  },
};
