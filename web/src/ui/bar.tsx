import styles from './bar.module.css';

interface Props {
  /** What it is the progress of. */
  label: string;
  part: number;
  /** Null while it is not known. */
  whole: number | null;
  tone?: 'running' | 'good' | 'failed' | 'quiet';
}

export function Bar({ label, part, whole, tone = 'running' }: Props) {
  const percent =
    whole === null ? undefined : whole === 0 ? 100 : Math.min(100, Math.floor((part / whole) * 100));
  return (
    <div
      className={styles.bar}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      data-tone={tone}
    >
      <span style={{ width: `${percent ?? 0}%` }} />
    </div>
  );
}
