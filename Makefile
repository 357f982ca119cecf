.PHONY: build
build:
	dotnet build -v q
