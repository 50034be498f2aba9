import type { Condition, FieldName } from './tree';

/** Of the controls that take the value of a condition. */
export interface ValueProps {
  condition: Condition & { field: FieldName };
  change: (condition: Condition) => void;
  /** What is written cannot be used. */
  wrong: boolean;
}
