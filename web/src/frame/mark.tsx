import mark from './mark.svg';

/** Dakiya's logo. Decorative: the name stands beside it. */
export function Mark({ size }: { size: number }) {
  return <img className="mark" src={mark} width={size} height={size} alt="" />;
}
