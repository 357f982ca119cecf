import type { ButtonHTMLAttributes, ReactNode } from 'react';
import styles from './Button.module.css';
import { Tip } from './Tip';

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: 'plain' | 'primary' | 'quiet' | 'danger';
  size?: 's' | 'm';
  /** Shown as pressed; also told to assistive technology. */
  pressed?: boolean;
}

export function Button({ look = 'plain', size = 'm', pressed, className, type = 'button', ...rest }: ButtonProps) {
  const classes = [styles.button, styles[look], styles[size], className].filter(Boolean).join(' ');
  return <button type={type} className={classes} aria-pressed={pressed} {...rest} />;
}

export interface IconButtonProps extends ButtonProps {
  /** What it does: the tooltip and the accessible name. */
  label: string;
  shortcut?: string;
  children: ReactNode;
}

export function IconButton({ label, shortcut, look = 'quiet', className, ...rest }: IconButtonProps) {
  return (
    <Tip text={label} shortcut={shortcut}>
      <Button look={look} aria-label={label} className={[styles.icon, className].filter(Boolean).join(' ')} {...rest} />
    </Tip>
  );
}
