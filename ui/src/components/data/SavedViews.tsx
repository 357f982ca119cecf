import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { Bookmark, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { answer, client } from '@/api/client';
import { Button, IconButton } from '@/components/controls/Button';
import { Popover } from '@/components/controls/Popover';
import { ErrorState, SkeletonLines } from '@/components/states/StateViews';
import field from '@/components/controls/field.module.css';
import styles from './SavedViews.module.css';

const nameMax = 100;

/** What the page shows, kept under a name for everybody of the tenant. */
export function SavedViews({ page }: { page: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover
      label="Saved views"
      align="end"
      open={isOpen}
      onOpenChange={setOpen}
      trigger={
        <Button>
          <Bookmark size={14} /> Views
        </Button>
      }
    >
      {isOpen && <Views page={page} onClose={() => setOpen(false)} />}
    </Popover>
  );
}

function Views({ page, onClose }: { page: string; onClose: () => void }) {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const { pathname, searchStr } = useLocation();
  const [name, setName] = useState('');
  const queryKey = ['views', page];
  const views = useQuery({ queryKey, queryFn: ({ signal }) => answer(client.GET('/api/v1/views', { params: { query: { page } }, signal })) });
  const changed = () => queryClient.invalidateQueries({ queryKey });
  const save = useMutation({
    mutationFn: () => answer(client.POST('/api/v1/views', { body: { name: name.trim(), page, search: searchStr.replace(/^\?/, '') } })),
    onSuccess: () => {
      setName('');
      void changed();
    },
  });
  const remove = useMutation({ mutationFn: (id: string) => deleted(id), onSuccess: changed });
  const failed = views.error ?? save.error ?? remove.error;
  return (
    <div className={styles.views}>
      <form
        className={field.row}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <input className={field.field} aria-label="Name of the view" placeholder="Keep this view as …" maxLength={nameMax} value={name} onChange={(event) => setName(event.target.value)} />
        <Button type="submit" look="primary" disabled={name.trim() === '' || save.isPending}>
          Save
        </Button>
      </form>
      {failed && <ErrorState error={failed} compact />}
      {!views.data ? (
        !views.error && <SkeletonLines count={3} label="Loading views" />
      ) : views.data.views.length === 0 ? (
        <p className={styles.none}>Nothing is kept yet. A view is the filter, the time range and everything else in the address.</p>
      ) : (
        <ul>
          {views.data.views.map((view) => (
            <li key={view.id} className={styles.view}>
              <a
                href={`${pathname}?${view.search}`}
                onClick={(event) => {
                  if (event.metaKey || event.ctrlKey || event.shiftKey) return;
                  event.preventDefault();
                  onClose();
                  void navigate({ href: `${pathname}?${view.search}` });
                }}
              >
                <span className={styles.viewName}>{view.name}</span>
                <span className={styles.search}>{shownSearch(view.search)}</span>
              </a>
              <IconButton label={`Forget ${view.name}`} size="s" onClick={() => remove.mutate(view.id)}>
                <Trash2 size={13} />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

async function deleted(id: string) {
  const { error, response } = await client.DELETE('/api/v1/views/{id}', { params: { path: { id } } });
  // What somebody else removed meanwhile is as gone as it should be.
  if (!response.ok && response.status !== 404) await answer(Promise.resolve({ error, response }));
}

function shownSearch(search: string): string {
  const terms = new URLSearchParams(search);
  const text = [terms.get('q'), terms.get('start')].filter(Boolean).join('  ·  ');
  return text.replaceAll('"', '').slice(0, 200);
}
