import { Link } from '@tanstack/react-router';
import { quote } from '@/components/filter/language';
import { ServiceBadge } from './badges';
import table from './Table.module.css';

/** To a service's own page. What has no name has no page, but it has traces. */
export function ServiceLink({ name }: { name: string }) {
  return name ? (
    <Link to="/services/$serviceName" params={{ serviceName: name }} className={table.strong}>
      <ServiceBadge name={name} />
    </Link>
  ) : (
    <Link to="/traces" search={{ q: serviceFilter('') }} className={table.strong}>
      <ServiceBadge name="" />
    </Link>
  );
}

/** The filter that finds what one service sent, in traces as in logs. */
export function serviceFilter(name: string): string {
  return `service.name = ${quote(name)}`;
}
