# SPDX-License-Identifier: MIT
target_sources(deferscope_engine PRIVATE
    deferred/await.cpp
    deferred/await.h
    deferred/callable.h
    deferred/canceller.h
    deferred/chain.h
    deferred/convert.cpp
    deferred/convert.h
    deferred/coroutine.cpp
    deferred/coroutine.h
    deferred/deferred.cpp
    deferred/deferred.h
    deferred/deferredcore.cpp
    deferred/deferredcore.h
    deferred/deferredlist.cpp
    deferred/deferredlist.h
    deferred/deferredstate.h
    deferred/engine.h
    deferred/link.cpp
    deferred/link.h
    deferred/locks.cpp
    deferred/locks.h
    deferred/race.cpp
    deferred/race.h
    deferred/results.cpp
    deferred/results.h
)
