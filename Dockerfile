# One image for every role. The default command is `api`; for another role, give `node dist/main.js worker`, `migrate`,
# `simulator` ... instead.

FROM node:24-trixie-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# With the optional packages, since the compilers' native parts are among them.
RUN npm ci
COPY tsconfig.json ./
COPY scripts ./scripts
COPY src ./src
COPY web ./web
RUN npm run build

FROM node:24-trixie-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Without the optional packages: at run time they are only the embedded PostgreSQL of `npm start`.
RUN npm ci --omit=dev --omit=optional

FROM node:24-trixie-slim
ENV NODE_ENV=production PORT=8000
WORKDIR /app
COPY package.json ./
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY migrations ./migrations
COPY rate-cards ./rate-cards
USER node
EXPOSE 8000
# With Node, since the image has no curl. Roles that listen on no port disable this check.
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/main.js", "api"]
