export function Footer() {
  return (
    <footer className="footer">
      <span>Dakiya · WhatsApp campaigns</span>
      <nav aria-label="More">
        <a href="/playground">Playground</a>
      </nav>
    </footer>
  );
}
