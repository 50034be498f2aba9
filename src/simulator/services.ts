import type { Delivery } from './delivery';
import type { SimulatorState } from './state';
import type { Webhooks } from './webhooks';

/** The parts of a simulator that request handlers use. */
export interface Services {
  state: SimulatorState;
  webhooks: Webhooks;
  delivery: Delivery;
  /** The simulator's own address, for paging and media links. */
  baseUrl: string;
}
