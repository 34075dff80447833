//! The frameworks and libraries worth knowing, and the packages they come in.

use super::manifest::{Ecosystem, Facts};

/// How a package's name is compared.
enum By {
    /// The whole name.
    Name(&'static str),
    /// A name that starts like this.
    Start(&'static str),
}
use By::{Name, Start};

type Known = (By, &'static str);

const NODE_FRAMEWORKS: &[Known] = &[
    (Name("next"), "next"),
    (Name("nuxt"), "nuxt"),
    (Name("@nestjs/core"), "nestjs"),
    (Name("@angular/core"), "angular"),
    (Name("@sveltejs/kit"), "sveltekit"),
    (Name("@remix-run/react"), "remix"),
    (Name("astro"), "astro"),
    (Name("express"), "express"),
    (Name("fastify"), "fastify"),
    (Name("koa"), "koa"),
    (Name("hono"), "hono"),
    (Name("@hapi/hapi"), "hapi"),
    (Name("react-native"), "react native"),
    (Name("react"), "react"),
    (Name("vue"), "vue"),
    (Name("svelte"), "svelte"),
    (Name("solid-js"), "solid"),
    (Name("electron"), "electron"),
    (Name("commander"), "commander"),
    (Name("yargs"), "yargs"),
];

const NODE_LIBRARIES: &[Known] = &[
    (Name("@prisma/client"), "prisma"),
    (Name("prisma"), "prisma"),
    (Name("typeorm"), "typeorm"),
    (Name("sequelize"), "sequelize"),
    (Name("drizzle-orm"), "drizzle"),
    (Name("knex"), "knex"),
    (Name("mongoose"), "mongoose"),
    (Name("mongodb"), "mongodb"),
    (Name("pg"), "postgresql"),
    (Name("mysql2"), "mysql"),
    (Name("better-sqlite3"), "sqlite"),
    (Name("sqlite3"), "sqlite"),
    (Name("redis"), "redis"),
    (Name("ioredis"), "redis"),
    (Name("bullmq"), "bullmq"),
    (Name("bull"), "bull"),
    (Name("kafkajs"), "kafka"),
    (Name("amqplib"), "rabbitmq"),
    (Name("stripe"), "stripe"),
    (Name("nodemailer"), "nodemailer"),
    (Name("passport"), "passport"),
    (Name("next-auth"), "next-auth"),
    (Name("jsonwebtoken"), "jsonwebtoken"),
    (Name("jose"), "jose"),
    (Name("bcrypt"), "bcrypt"),
    (Name("argon2"), "argon2"),
    (Name("zod"), "zod"),
    (Name("joi"), "joi"),
    (Name("graphql"), "graphql"),
    (Name("@trpc/server"), "trpc"),
    (Name("socket.io"), "socket.io"),
    (Name("ws"), "ws"),
    (Name("express-rate-limit"), "express-rate-limit"),
    (Name("helmet"), "helmet"),
    (Name("multer"), "multer"),
    (Start("@aws-sdk/"), "aws sdk"),
    (Name("firebase"), "firebase"),
    (Name("@supabase/supabase-js"), "supabase"),
    (Name("axios"), "axios"),
    (Name("pino"), "pino"),
    (Name("winston"), "winston"),
    (Name("i18next"), "i18next"),
    (Name("tailwindcss"), "tailwind"),
    (Name("@tanstack/react-query"), "react query"),
    (Name("redux"), "redux"),
    (Name("@reduxjs/toolkit"), "redux"),
    (Name("fast-check"), "fast-check"),
    (Name("@playwright/test"), "playwright"),
    (Name("cypress"), "cypress"),
];

const PYTHON_FRAMEWORKS: &[Known] = &[
    (Name("django"), "django"),
    (Name("djangorestframework"), "django rest framework"),
    (Name("flask"), "flask"),
    (Name("fastapi"), "fastapi"),
    (Name("starlette"), "starlette"),
    (Name("aiohttp"), "aiohttp"),
    (Name("tornado"), "tornado"),
    (Name("sanic"), "sanic"),
    (Name("litestar"), "litestar"),
    (Name("streamlit"), "streamlit"),
    (Name("typer"), "typer"),
    (Name("click"), "click"),
];

const PYTHON_LIBRARIES: &[Known] = &[
    (Name("sqlalchemy"), "sqlalchemy"),
    (Name("flask-sqlalchemy"), "sqlalchemy"),
    (Name("sqlmodel"), "sqlmodel"),
    (Name("alembic"), "alembic"),
    (Name("tortoise-orm"), "tortoise orm"),
    (Name("peewee"), "peewee"),
    (Start("psycopg"), "postgresql"),
    (Name("asyncpg"), "postgresql"),
    (Name("pymongo"), "mongodb"),
    (Name("redis"), "redis"),
    (Name("celery"), "celery"),
    (Name("rq"), "rq"),
    (Name("dramatiq"), "dramatiq"),
    (Name("kafka-python"), "kafka"),
    (Name("pika"), "rabbitmq"),
    (Name("stripe"), "stripe"),
    (Name("pydantic"), "pydantic"),
    (Name("pyjwt"), "pyjwt"),
    (Name("passlib"), "passlib"),
    (Name("authlib"), "authlib"),
    (Name("flask-login"), "flask-login"),
    (Name("django-allauth"), "django-allauth"),
    (Name("slowapi"), "slowapi"),
    (Name("boto3"), "boto3"),
    (Name("requests"), "requests"),
    (Name("httpx"), "httpx"),
    (Name("pandas"), "pandas"),
    (Name("numpy"), "numpy"),
    (Name("hypothesis"), "hypothesis"),
    (Name("structlog"), "structlog"),
];

const CARGO_FRAMEWORKS: &[Known] = &[
    (Name("axum"), "axum"),
    (Name("actix-web"), "actix-web"),
    (Name("rocket"), "rocket"),
    (Name("warp"), "warp"),
    (Name("poem"), "poem"),
    (Name("salvo"), "salvo"),
    (Name("tonic"), "tonic"),
    (Name("leptos"), "leptos"),
    (Name("yew"), "yew"),
    (Name("dioxus"), "dioxus"),
    (Name("tauri"), "tauri"),
    (Name("bevy"), "bevy"),
    (Name("ratatui"), "ratatui"),
    (Name("clap"), "clap"),
];

const CARGO_LIBRARIES: &[Known] = &[
    (Name("sqlx"), "sqlx"),
    (Name("diesel"), "diesel"),
    (Name("sea-orm"), "sea-orm"),
    (Name("rusqlite"), "rusqlite"),
    (Name("tokio-postgres"), "postgresql"),
    (Name("mongodb"), "mongodb"),
    (Name("redis"), "redis"),
    (Name("apalis"), "apalis"),
    (Name("rdkafka"), "kafka"),
    (Name("lapin"), "rabbitmq"),
    (Name("async-stripe"), "stripe"),
    (Name("jsonwebtoken"), "jsonwebtoken"),
    (Name("argon2"), "argon2"),
    (Name("lettre"), "lettre"),
    (Name("tower"), "tower"),
    (Name("tokio"), "tokio"),
    (Name("serde"), "serde"),
    (Name("reqwest"), "reqwest"),
    (Name("tracing"), "tracing"),
    (Name("rayon"), "rayon"),
    (Name("proptest"), "proptest"),
];

const GO_FRAMEWORKS: &[Known] = &[
    (Start("github.com/gin-gonic/gin"), "gin"),
    (Start("github.com/labstack/echo"), "echo"),
    (Start("github.com/gofiber/fiber"), "fiber"),
    (Start("github.com/go-chi/chi"), "chi"),
    (Start("github.com/gorilla/mux"), "gorilla/mux"),
    (Start("google.golang.org/grpc"), "grpc"),
    (Start("github.com/spf13/cobra"), "cobra"),
    (Start("github.com/urfave/cli"), "urfave/cli"),
];

const GO_LIBRARIES: &[Known] = &[
    (Start("gorm.io/gorm"), "gorm"),
    (Start("github.com/jackc/pgx"), "postgresql"),
    (Start("github.com/lib/pq"), "postgresql"),
    (Start("github.com/jmoiron/sqlx"), "sqlx"),
    (Start("entgo.io/ent"), "ent"),
    (Start("github.com/mattn/go-sqlite3"), "sqlite"),
    (Start("modernc.org/sqlite"), "sqlite"),
    (Start("go.mongodb.org/mongo-driver"), "mongodb"),
    (Start("github.com/redis/go-redis"), "redis"),
    (Start("github.com/go-redis/redis"), "redis"),
    (Start("github.com/hibiken/asynq"), "asynq"),
    (Start("github.com/ibm/sarama"), "kafka"),
    (Start("github.com/segmentio/kafka-go"), "kafka"),
    (Start("github.com/stripe/stripe-go"), "stripe"),
    (Start("github.com/golang-jwt/jwt"), "golang-jwt"),
    (Start("github.com/stretchr/testify"), "testify"),
    (Start("go.uber.org/zap"), "zap"),
    (Start("pgregory.net/rapid"), "rapid"),
];

const JVM_FRAMEWORKS: &[Known] = &[
    (Start("spring-boot"), "spring-boot"),
    (Name("org.springframework.boot"), "spring-boot"),
    (Start("quarkus"), "quarkus"),
    (Name("io.quarkus"), "quarkus"),
    (Start("micronaut"), "micronaut"),
    (Start("io.micronaut"), "micronaut"),
    (Start("vertx-"), "vert.x"),
    (Name("javalin"), "javalin"),
    (Start("dropwizard"), "dropwizard"),
    (Name("picocli"), "picocli"),
];

const JVM_LIBRARIES: &[Known] = &[
    (Start("hibernate"), "hibernate"),
    (Name("spring-boot-starter-data-jpa"), "jpa"),
    (Name("spring-boot-starter-security"), "spring security"),
    (Name("spring-boot-starter-data-redis"), "redis"),
    (Name("mybatis"), "mybatis"),
    (Name("jooq"), "jooq"),
    (Start("flyway"), "flyway"),
    (Start("liquibase"), "liquibase"),
    (Name("postgresql"), "postgresql"),
    (Start("mysql-connector"), "mysql"),
    (Name("h2"), "h2"),
    (Name("jedis"), "redis"),
    (Name("lettuce-core"), "redis"),
    (Name("kafka-clients"), "kafka"),
    (Name("spring-kafka"), "kafka"),
    (Name("spring-rabbit"), "rabbitmq"),
    (Name("stripe-java"), "stripe"),
    (Name("lombok"), "lombok"),
    (Name("mapstruct"), "mapstruct"),
    (Start("jjwt"), "jjwt"),
    (Start("mockito"), "mockito"),
    (Name("jqwik"), "jqwik"),
];

const DOTNET_FRAMEWORKS: &[Known] = &[
    (Name("microsoft.net.sdk.web"), "asp.net core"),
    (Start("microsoft.aspnetcore"), "asp.net core"),
    (Start("microsoft.aspnetcore.components"), "blazor"),
    (Name("microsoft.maui.controls"), "maui"),
    (Name("system.commandline"), "system.commandline"),
    (Name("spectre.console.cli"), "spectre.console"),
];

const DOTNET_LIBRARIES: &[Known] = &[
    (
        Start("microsoft.entityframeworkcore"),
        "entity framework core",
    ),
    (Name("dapper"), "dapper"),
    (Start("npgsql"), "postgresql"),
    (Name("stackexchange.redis"), "redis"),
    (Start("hangfire"), "hangfire"),
    (Start("quartz"), "quartz"),
    (Start("masstransit"), "masstransit"),
    (Name("mediatr"), "mediatr"),
    (Name("automapper"), "automapper"),
    (Start("fluentvalidation"), "fluentvalidation"),
    (Start("serilog"), "serilog"),
    (Name("stripe.net"), "stripe"),
    (
        Start("microsoft.aspnetcore.authentication.jwtbearer"),
        "jwt bearer",
    ),
    (Start("microsoft.aspnetcore.identity"), "asp.net identity"),
    (Name("moq"), "moq"),
    (Name("fscheck"), "fscheck"),
];

const RUBY_FRAMEWORKS: &[Known] = &[
    (Name("rails"), "rails"),
    (Name("sinatra"), "sinatra"),
    (Name("hanami"), "hanami"),
    (Name("grape"), "grape"),
    (Name("roda"), "roda"),
    (Name("thor"), "thor"),
];

const RUBY_LIBRARIES: &[Known] = &[
    (Name("activerecord"), "activerecord"),
    (Name("sequel"), "sequel"),
    (Name("pg"), "postgresql"),
    (Name("mysql2"), "mysql"),
    (Name("sqlite3"), "sqlite"),
    (Name("redis"), "redis"),
    (Name("sidekiq"), "sidekiq"),
    (Name("resque"), "resque"),
    (Name("devise"), "devise"),
    (Name("pundit"), "pundit"),
    (Name("cancancan"), "cancancan"),
    (Name("rack-attack"), "rack-attack"),
    (Name("bcrypt"), "bcrypt"),
    (Name("stripe"), "stripe"),
    (Name("factory_bot_rails"), "factory_bot"),
    (Name("capybara"), "capybara"),
];

const PHP_FRAMEWORKS: &[Known] = &[
    (Name("laravel/framework"), "laravel"),
    (Name("symfony/framework-bundle"), "symfony"),
    (Name("symfony/symfony"), "symfony"),
    (Name("slim/slim"), "slim"),
    (Name("cakephp/cakephp"), "cakephp"),
    (Name("codeigniter4/framework"), "codeigniter"),
    (Name("yiisoft/yii2"), "yii"),
    (Name("symfony/console"), "symfony console"),
];

const PHP_LIBRARIES: &[Known] = &[
    (Start("doctrine/orm"), "doctrine"),
    (Start("doctrine/doctrine-bundle"), "doctrine"),
    (Name("predis/predis"), "redis"),
    (Name("guzzlehttp/guzzle"), "guzzle"),
    (Name("laravel/sanctum"), "sanctum"),
    (Name("laravel/passport"), "passport"),
    (Name("laravel/horizon"), "horizon"),
    (Name("livewire/livewire"), "livewire"),
    (Name("stripe/stripe-php"), "stripe"),
    (Start("firebase/php-jwt"), "php-jwt"),
    (Name("symfony/messenger"), "symfony messenger"),
    (Name("monolog/monolog"), "monolog"),
];

const CMAKE_FRAMEWORKS: &[Known] = &[
    (Start("qt"), "qt"),
    (Name("drogon"), "drogon"),
    (Name("crow"), "crow"),
];

const CMAKE_LIBRARIES: &[Known] = &[
    (Name("boost"), "boost"),
    (Name("gtest"), "googletest"),
    (Name("googletest"), "googletest"),
    (Name("catch2"), "catch2"),
    (Name("openssl"), "openssl"),
    (Name("sqlite3"), "sqlite"),
    (Name("postgresql"), "postgresql"),
    (Name("fmt"), "fmt"),
    (Name("spdlog"), "spdlog"),
    (Name("protobuf"), "protobuf"),
    (Name("grpc"), "grpc"),
    (Name("eigen3"), "eigen"),
    (Name("opencv"), "opencv"),
];

pub(super) fn frameworks(facts: &[Facts]) -> Vec<String> {
    gathered(facts, |ecosystem| match ecosystem {
        Ecosystem::Node => NODE_FRAMEWORKS,
        Ecosystem::Python => PYTHON_FRAMEWORKS,
        Ecosystem::Cargo => CARGO_FRAMEWORKS,
        Ecosystem::Go => GO_FRAMEWORKS,
        Ecosystem::Maven | Ecosystem::Gradle => JVM_FRAMEWORKS,
        Ecosystem::DotNet => DOTNET_FRAMEWORKS,
        Ecosystem::Ruby => RUBY_FRAMEWORKS,
        Ecosystem::Php => PHP_FRAMEWORKS,
        Ecosystem::CMake => CMAKE_FRAMEWORKS,
    })
}

pub(super) fn libraries(facts: &[Facts]) -> Vec<String> {
    gathered(facts, |ecosystem| match ecosystem {
        Ecosystem::Node => NODE_LIBRARIES,
        Ecosystem::Python => PYTHON_LIBRARIES,
        Ecosystem::Cargo => CARGO_LIBRARIES,
        Ecosystem::Go => GO_LIBRARIES,
        Ecosystem::Maven | Ecosystem::Gradle => JVM_LIBRARIES,
        Ecosystem::DotNet => DOTNET_LIBRARIES,
        Ecosystem::Ruby => RUBY_LIBRARIES,
        Ecosystem::Php => PHP_LIBRARIES,
        Ecosystem::CMake => CMAKE_LIBRARIES,
    })
}

/// In the order of the manifests, then of the table: what shapes a project most comes first.
fn gathered(facts: &[Facts], table: impl Fn(Ecosystem) -> &'static [Known]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for facts in facts {
        for (by, name) in table(facts.ecosystem) {
            let used = match by {
                Name(package) => facts.has(package),
                Start(start) => facts
                    .dependencies
                    .iter()
                    .any(|package| package.starts_with(start)),
            };
            if used && !out.iter().any(|known| known == name) {
                out.push((*name).to_owned());
            }
        }
    }
    out
}
