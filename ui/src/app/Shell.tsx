import { Link, Outlet } from '@tanstack/react-router';
import { Command, Keyboard, LogOut, Monitor, Moon, PanelLeftClose, PanelLeftOpen, Sun } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { close as logOut, useAccess } from '@/api/session';
import { IconButton } from '@/components/controls/Button';
import { setPreferences, usePreferences } from '@/lib/preferences';
import { useShortcut } from '@/lib/shortcuts';
import { HealthBanner } from './HealthBanner';
import { Logo } from './Logo';
import { navigation } from './navigation';
import { PageShortcuts } from './PageShortcuts';
import styles from './Shell.module.css';

const LoginPage = lazy(() => import('@/features/login/LoginPage'));
const CommandPalette = lazy(() => import('./CommandPalette'));
const ShortcutsDialog = lazy(() => import('./ShortcutsDialog'));

const themes = { system: { next: 'light', icon: Monitor }, light: { next: 'dark', icon: Sun }, dark: { next: 'system', icon: Moon } } as const;

/** What is around every page: navigation, banner, palette, help. */
export function Shell() {
  const { navigationCollapsed: isCollapsed, theme } = usePreferences();
  const [dialog, setDialog] = useState<'none' | 'palette' | 'help'>('none');
  useShortcut('Mod+k', 'Command palette', () => setDialog('palette'), { group: 'Everywhere' });
  useShortcut('?', 'Keyboard help', () => setDialog('help'), { group: 'Everywhere' });
  const { next: nextTheme, icon: ThemeIcon } = themes[theme];
  const { session, isLocked } = useAccess();
  const close = () => setDialog('none');
  return (
    <div className={styles.shell} data-collapsed={isCollapsed || undefined}>
      <a href="#page" className={styles.skip}>
        To the page
      </a>
      <nav className={styles.navigation} aria-label="Pages">
        <Link to="/" className={styles.brand} aria-label="Otelier: overview">
          <Logo />
          <span className={styles.word}>Otelier</span>
        </Link>
        <ul className={styles.pages}>
          {navigation.map(({ to, label, icon: Icon }) => (
            <li key={to}>
              <Link to={to} className={styles.page} activeOptions={{ exact: to === '/', includeSearch: false }} title={isCollapsed ? label : undefined}>
                <Icon size={17} strokeWidth={1.8} aria-hidden />
                <span className={styles.word}>{label}</span>
              </Link>
            </li>
          ))}
        </ul>
        <div className={styles.tools}>
          <IconButton label="Command palette" shortcut="Ctrl K" onClick={() => setDialog('palette')}>
            <Command size={16} />
          </IconButton>
          <IconButton label="Keyboard help" shortcut="?" onClick={() => setDialog('help')}>
            <Keyboard size={16} />
          </IconButton>
          <IconButton label={`Theme: ${theme}. Change to ${nextTheme}`} onClick={() => setPreferences({ theme: nextTheme })}>
            <ThemeIcon size={16} />
          </IconButton>
          {session && (
            <IconButton label={`Log out: ${session.role} of ${session.tenant}`} onClick={() => void logOut()}>
              <LogOut size={16} />
            </IconButton>
          )}
          <IconButton label={isCollapsed ? 'Wide navigation' : 'Narrow navigation'} onClick={() => setPreferences({ navigationCollapsed: !isCollapsed })}>
            {isCollapsed ? <PanelLeftOpen size={16} /> : <PanelLeftClose size={16} />}
          </IconButton>
        </div>
      </nav>
      <div className={styles.main}>
        <HealthBanner />
        <main id="page" className={styles.outlet} tabIndex={-1}>
          {isLocked ? (
            <Suspense>
              <LoginPage />
            </Suspense>
          ) : (
            <Outlet />
          )}
        </main>
      </div>
      {navigation.map((entry) => (
        <PageShortcuts key={entry.to} entry={entry} />
      ))}
      <Suspense>
        {dialog === 'palette' && <CommandPalette onClose={close} onHelp={() => setDialog('help')} />}
        {dialog === 'help' && <ShortcutsDialog onClose={close} />}
      </Suspense>
    </div>
  );
}
