import mark from './mark.svg';

/** The letter that is Dakiya's mark; decoration beside the name. */
export function Mark({ size }: { size: number }) {
  return <img className="mark" src={mark} width={size} height={size} alt="" />;
}
